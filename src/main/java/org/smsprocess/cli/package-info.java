// SPDX-License-Identifier: Apache-2.0
/**
 * The commands; each is one file.
 */
@NullMarked
package org.smsprocess.cli;

import org.jspecify.annotations.NullMarked;
