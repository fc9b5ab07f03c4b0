// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.util.Map;
import java.util.function.Supplier;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.connection.ConnectionBoard;
import org.smsprocess.delivery.Intake;

/**
 * What the API speaks to; all of it threadsafe and non-blocking.
 *
 * @param accounts the settings now in force, by name
 * @param metrics the registry in Prometheus' text format
 */
public record ApiServices(
        Intake intake,
        Supplier<Map<String, AccountSettings>> accounts,
        ConnectionBoard connections,
        Readiness readiness,
        Supplier<String> metrics) {}
