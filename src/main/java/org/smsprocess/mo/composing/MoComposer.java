// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.composing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.MoSettings;
import org.smsprocess.account.MoSettings.ReplyRule;
import org.smsprocess.mo.inbox.NewMo;
import org.smsprocess.mo.inbox.NewMo.Content;
import org.smsprocess.mo.inbox.NewMo.QuarantineChange;
import org.smsprocess.mo.inbox.NewMo.Reply;
import org.smsprocess.mo.inbox.NewMo.TlvValues;
import org.smsprocess.mo.inbox.Printable;
import org.smsprocess.mo.parts.Concat;
import org.smsprocess.mo.parts.Fingerprint;
import org.smsprocess.mo.parts.Group;
import org.smsprocess.mo.parts.Segment;
import org.smsprocess.text.decoding.TextDecoder;

/** Makes of segments what is to be stored and done, as the account's settings say. Immutable. */
public final class MoComposer {
    /**
     * A group's own key is known this long, so that a crash between inbox and journal does not store it again. A
     * constant: it has to outlast the longest outage, and rows are few.
     */
    private static final Duration REMEMBER_GROUP = Duration.ofDays(7);

    private final AccountSettings account;
    private final TextDecoder decoder;

    public MoComposer(AccountSettings account) {
        this.account = account;
        this.decoder = TextDecoder.of(account.channel().encodings());
    }

    public NewMo single(Segment segment, Duration dedupWindow) {
        UUID key = Fingerprint.of(account.name(), segment);
        return compose(List.of(segment), 1, key, dedupWindow);
    }

    public NewMo group(Group group) {
        List<Segment> segments = group.parts();
        UUID key = Fingerprint.ofGroup(account.name(), group.id(), segments);
        return compose(segments, group.total(), key, REMEMBER_GROUP);
    }

    private NewMo compose(List<Segment> segments, int total, UUID key, Duration remember) {
        Segment first = segments.get(0);
        MoSettings settings = account.mo();
        TlvValues tlvs =
                TlvColumns.read(segments, settings.tlvs(), account.channel().shortCode());
        String shortCode = shortCode(first, tlvs);
        Content content = MoText.of(segments, decoder);
        String readable = isBeginning(first) ? content.text() : null;
        Optional<ReplyRule> rule = ReplyRules.match(settings.replies(), readable, shortCode);
        String sender = Printable.of(first.source().number());
        return new NewMo(
                key,
                remember,
                account.name(),
                settings.store(),
                settings.webhook().isPresent(),
                sender,
                shortCode,
                content,
                segments,
                total,
                tlvs,
                rule.map(found -> reply(found, sender, shortCode)).orElse(null),
                rule.map(found -> change(found, sender)).orElse(null));
    }

    /** Without part 1 the first word is not known. */
    private static boolean isBeginning(Segment first) {
        Concat concat = first.concat();
        return concat == null || concat.number() == 1;
    }

    private String shortCode(Segment segment, TlvValues tlvs) {
        String destination = Printable.of(segment.destination().number());
        if (!destination.isBlank()) {
            return destination;
        }
        String largeAccount = tlvs.largeAccount();
        return largeAccount != null ? largeAccount : account.channel().shortCode();
    }

    private @Nullable Reply reply(ReplyRule rule, String sender, String shortCode) {
        if (rule.reply().isEmpty() || sender.isBlank()) {
            return null;
        }
        boolean hasOwnSource = !account.channel().sourceNumber().isEmpty() || shortCode.isEmpty();
        return new Reply(sender, hasOwnSource ? null : shortCode, rule.reply());
    }

    private @Nullable QuarantineChange change(ReplyRule rule, String sender) {
        if (rule.action() == MoSettings.Action.NONE || sender.isBlank()) {
            return null;
        }
        return new QuarantineChange(
                account.channel().shortCode(),
                QuarantineNumber.of(sender, account.channel().sendFullNumber()),
                rule.action() == MoSettings.Action.QUARANTINE);
    }
}
