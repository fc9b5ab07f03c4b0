// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP for programs and people: the endpoints, each with what it answers, and the console. The server beneath them is in
 * {@code api.http}, what they are sent is read in {@code api.requests}.
 */
@NullMarked
package org.smsprocess.api;

import org.jspecify.annotations.NullMarked;
