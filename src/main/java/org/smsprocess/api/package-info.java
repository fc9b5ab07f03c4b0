// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP for programs and people.
 */
@NullMarked
package org.smsprocess.api;

import org.jspecify.annotations.NullMarked;
