// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP for programs and people: the endpoints, what they read and write, and the console. The server beneath them is in
 * {@code api.http}.
 */
@NullMarked
package org.smsprocess.api;

import org.jspecify.annotations.NullMarked;
