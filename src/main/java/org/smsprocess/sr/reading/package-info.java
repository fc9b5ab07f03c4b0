// SPDX-License-Identifier: Apache-2.0
/**
 * What an SMSC says of an MT, read: its SR, and the ids that tie the SR to the SUBMIT_SM_RESP. Knows nothing of what was sent; matching
 * is the correlators' task. By task:
 *
 * <pre>
 * read       SrReader: ReceiptText › ReceiptFields, found by DefaultFields, TokenFields or RegexFields; makes a StatusReport
 * same id    IdNormaliser, LearnedForm, ProviderKey; RecipientGuard, MessageReference
 * asked      QueriedState, of a QUERY_SM_RESP
 * </pre>
 */
@NullMarked
package org.smsprocess.sr.reading;

import org.jspecify.annotations.NullMarked;
