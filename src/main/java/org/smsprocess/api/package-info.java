// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP for programs and people: the endpoints and the console. The server beneath them is in {@code api.http}, what they are sent is
 * read in {@code api.requests}. By task:
 *
 * <pre>
 * table      HttpApi: every request there is, with the scope it needs
 * send       MessageEndpoints, DeliveryEndpoints, UploadEndpoint, PreviewEndpoint
 * decide     InDoubtEndpoints, QuarantineEndpoints, AccountEndpoints
 * look       InboxEndpoints, StateEndpoints, ConsoleEndpoints
 * share      ApiServices, Bodies, DeliveryJson
 * </pre>
 */
@NullMarked
package org.smsprocess.api;

import org.jspecify.annotations.NullMarked;
