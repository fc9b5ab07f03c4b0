// SPDX-License-Identifier: Apache-2.0
/**
 * The alphabets of SMS and the octets they take on the wire: tables as 3GPP TS 23.038 has them, and pure functions on them. By task:
 *
 * <pre>
 * name       SmsCharset, as settings name it › WireForms
 * encode     WireForm: TableForm (CharTable, ShiftTables), Utf16Form, Utf8Form
 * pack       Septets
 * tables     TextResource
 * </pre>
 */
@NullMarked
package org.smsprocess.text.charsets;

import org.jspecify.annotations.NullMarked;
