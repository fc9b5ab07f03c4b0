// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import org.smsprocess.smpp.Inbound;

/**
 * One DELIVER_SM or DATA_SM that is not an SR.
 *
 * @param answerTo what the caller answers by, returned as it is; unique within one batch
 */
public record MoPart(int answerTo, Inbound inbound, long receivedAtMillis) {}
