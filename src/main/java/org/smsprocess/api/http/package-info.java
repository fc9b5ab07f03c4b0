// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP server beneath the endpoints. Knows no endpoint. By task:
 *
 * <pre>
 * serve      Exchange › Dispatch › Routes; Call is what an endpoint gets; UnreadableRequests
 * let in     Gate: ApiToken, Scope; ServerTls
 * answer     Json, Problem; Readiness
 * settings   HttpSettings, TlsSettings
 * </pre>
 */
@NullMarked
package org.smsprocess.api.http;

import org.jspecify.annotations.NullMarked;
