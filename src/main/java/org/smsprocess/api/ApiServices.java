// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.api.http.Problem;
import org.smsprocess.api.http.Readiness;
import org.smsprocess.connection.ConnectionBoard;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.intake.Deliveries;
import org.smsprocess.delivery.intake.Intake;
import org.smsprocess.delivery.lookup.DeliveryQueries;
import org.smsprocess.delivery.lookup.InDoubtMessages;
import org.smsprocess.delivery.requests.CancelRequests;
import org.smsprocess.mo.inbox.Inbox;
import org.smsprocess.mo.inbox.Quarantine;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.sr.SrRatio;

/**
 * What the API speaks to; all of it threadsafe and non-blocking.
 *
 * @param accounts as they are now, by name
 * @param reload looks at the files of the configuration now; completes when what changed is in force, with what is wrong in them
 * @param srRatios whether SR come, by account, as this node sees it
 * @param metrics the registry in Prometheus' text format
 */
public record ApiServices(
        Intake intake,
        Deliveries deliveries,
        DeliveryQueries deliveryQueries,
        InDoubtMessages inDoubt,
        CancelRequests cancels,
        Inbox inbox,
        Quarantine quarantine,
        Supplier<SortedMap<String, AccountSnapshot>> accounts,
        AccountSwitches accountSwitches,
        Supplier<CompletionStage<List<SettingsProblem>>> reload,
        ConnectionBoard connections,
        Readiness readiness,
        Supplier<Map<String, SrRatio.Reading>> srRatios,
        Supplier<String> metrics) {

    /** Of all accounts as they are now. */
    Set<String> shortCodes() {
        return accounts.get().values().stream()
                .map(account -> account.settings().channel().shortCode())
                .collect(Collectors.toSet());
    }

    /** The account's service-id-tag and TLVs of a delivery exclude each other. @throws RuntimeException the refusal, naming both */
    void refuseTlvs(String account, DeliverySettings settings) {
        AccountSnapshot snapshot = accounts.get().get(account);
        if (snapshot != null && !settings.wire().tlvs().isEmpty()) {
            snapshot.settings().channel().serviceIdTag().ifPresent(tag -> {
                throw Problem.invalid(
                                "tlvs", "are excluded by service-id-tag = 0x%04X of account %s".formatted(tag, account))
                        .refusal();
            });
        }
    }
}
