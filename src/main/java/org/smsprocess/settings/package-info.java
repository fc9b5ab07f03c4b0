// SPDX-License-Identifier: Apache-2.0
/**
 * Reading HOCON so that every problem is told at once, with key, value, limit, file and line. Knows no setting by name.
 */
@NullMarked
package org.smsprocess.settings;

import org.jspecify.annotations.NullMarked;
