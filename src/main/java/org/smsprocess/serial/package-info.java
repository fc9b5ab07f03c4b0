// SPDX-License-Identifier: Apache-2.0
/**
 * Octets of what is journaled, snapshotted and sent between nodes in bulk: the elements of such forms and the frame of a serializer.
 * Knows none of the things that have forms.
 */
@NullMarked
package org.smsprocess.serial;

import org.jspecify.annotations.NullMarked;
