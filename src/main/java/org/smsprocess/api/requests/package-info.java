// SPDX-License-Identifier: Apache-2.0
/**
 * Bodies of requests into values. What is wrong is collected with its field, or its line, so that its writer can mend all of it at once.
 *
 * <pre>
 * bodies     SubmitRequest, DeliveryRequest, QuarantineRequest
 * fields     JsonFields, SettingsFields, WireFields, TlvFields; MessageRules and Templates check them; FieldErrors
 * files      Recipients from CsvRows or NdjsonRows
 * </pre>
 */
@NullMarked
package org.smsprocess.api.requests;

import org.jspecify.annotations.NullMarked;
