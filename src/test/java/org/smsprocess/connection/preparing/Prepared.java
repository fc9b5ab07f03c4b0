// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.LongMtProgress;
import org.smsprocess.delivery.queue.QueuedMt;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.Tlv;
import org.smsprocess.text.ConcatReference;

/** What an account with the settings of a test makes of one message. */
public final class Prepared {
    static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    private final PreparedPart part;

    private Prepared(PreparedPart part) {
        this.part = part;
    }

    /** @param fields JSON object with values of the recipient, or null */
    static Prepared of(
            DeliverySettings settings, String recipient, String text, @Nullable String fields, String... account) {
        Preparer preparer = preparer(account);
        QueuedMt mt = new QueuedMt(7_168, recipient, fields == null ? text : null, fields, 0, false);
        return new Prepared(
                preparer.prepare(new ClaimedPart(7, 1, settings, fields == null ? null : text, 1, List.of(mt))));
    }

    public static Prepared text(String text, String... account) {
        return of(DeliverySettings.DEFAULT, "+33600000001", text, null, account);
    }

    static Prepared wire(WireSettings wire, String... account) {
        return of(new DeliverySettings(null, 0, 0, null, true, wire), "+33600000001", "Hello", null, account);
    }

    static Prepared again(String text, LongMtProgress progress, String... account) {
        Preparer preparer = preparer(account);
        QueuedMt mt = new QueuedMt(7_168, "+33600000001", text, null, 0, false, progress);
        return new Prepared(preparer.prepare(new ClaimedPart(7, 1, DeliverySettings.DEFAULT, null, 1, List.of(mt))));
    }

    private static Preparer preparer(String... account) {
        return new Preparer(
                TestAccounts.account("acme", account), new ConcatReference(16), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** In the order in which they reach the wire if all goes well: part 1 of a long MT after the others. */
    List<Submit> submits() {
        return Stream.concat(part.submits().stream(), part.longMts().stream().map(LongMt::first))
                .distinct()
                .toList();
    }

    /** What leaves before anything was answered. */
    List<Submit> atOnce() {
        return part.submits();
    }

    LongMt longMt() {
        return part.longMts().get(0);
    }

    public Submit only() {
        if (part.submits().size() != 1) {
            throw new AssertionError(part.submits().size() + " SUBMIT_SM, failed: " + part.settled());
        }
        return part.submits().get(0);
    }

    /** Why the message was not made. */
    @Nullable
    String failure() {
        return part.settled().isEmpty() ? null : part.settled().get(0).error();
    }

    /** Value of an optional parameter in hexadecimal, "none" if it is not there. */
    static String tlv(Submit submit, int tag) {
        Optional<Tlv> found =
                submit.tlvs().stream().filter(tlv -> tlv.tag() == tag).findFirst();
        return found.map(tlv -> HexFormat.of().formatHex(tlv.value())).orElse("none");
    }

    static int[] tags(Submit submit) {
        return submit.tlvs().stream().mapToInt(Tlv::tag).toArray();
    }

    static String hex(Submit submit) {
        return HexFormat.of().formatHex(submit.shortMessage());
    }

    static String hex(byte[] octets, int from, int to) {
        return HexFormat.of().formatHex(Arrays.copyOfRange(octets, from, to));
    }
}
