// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.metrics;

import io.micrometer.core.instrument.Tags;

/**
 * One value of several under a name.
 *
 * @param tags the same keys in each row of a name
 */
public record Row(Tags tags, double value) {}
