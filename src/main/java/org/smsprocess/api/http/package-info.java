// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP server beneath the endpoints: TLS, tokens and their scopes, routes, one exchange, answers as JSON or problem documents. Knows no endpoint.
 */
@NullMarked
package org.smsprocess.api.http;

import org.jspecify.annotations.NullMarked;
