// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.SrSettings;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.sr.reading.StatusReport.Candidate;
import org.smsprocess.sr.reading.StatusReport.Meaning;

/**
 * Tells SR (also called DLR) from MO and reads them, as an account's settings say. Never throws, whatever the SMSC sends. Thread-safe.
 *
 * <p>What makes an SR, in this order: the message type in esm_class (SMPP 3.4 §5.2.12), then the TLV receipted_message_id, which no
 * person can type. A text that merely looks like a receipt is an MO, unless the account says {@code sr.by-text}. The fields come from the TLVs, the account's patterns, and
 * last from plain {@code name:value} tokens where the patterns found nothing.
 */
public final class SrReader {
    private static final int RECEIPTED_MESSAGE_ID = 0x001E;
    private static final int MESSAGE_STATE = 0x0427;
    private static final int NETWORK_ERROR_CODE = 0x0423;

    /** Bits 2 to 5 of esm_class: what kind of message. */
    private static final int TYPE_MASK = 0x3C;

    private static final int TYPE_RECEIPT = 0x04;
    private static final int TYPE_INTERMEDIATE = 0x20;

    /** message_state 0 to 9 (SMPP 3.4 §5.2.28, 0 and 9 from SMPP 5.0) as the receipt's text writes it. */
    private static final List<String> STATES = List.of(
            "SCHEDLD", "ENROUTE", "DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD",
            "SKIPPED");

    /** More different stats than that are not remembered, but still read. */
    private static final int MAX_MEANINGS = 200;

    private final SrSettings settings;
    private final IdNormaliser normaliser;
    private final ReceiptFields.Finder patterns;
    private final ReceiptFields.Finder tokens = new TokenFields();
    private final boolean defaultPatterns;
    private final Map<String, Meaning> meanings = new ConcurrentHashMap<>();

    public SrReader(SrSettings settings, IdNormaliser normaliser) {
        this.settings = settings;
        this.normaliser = normaliser;
        this.defaultPatterns = DefaultFields.fits(settings);
        this.patterns = defaultPatterns ? new DefaultFields() : new RegexFields(settings);
    }

    /**
     * @param answerTo handed on to {@link StatusReport#answerTo}
     * @return empty for an MO
     */
    public Optional<StatusReport> read(Inbound inbound, int answerTo, long receivedAtMillis) {
        int type = inbound.esmClass() & TYPE_MASK;
        String tlvId = text(inbound.tlv(RECEIPTED_MESSAGE_ID));
        String tlvStat = state(inbound.tlv(MESSAGE_STATE));
        boolean isByText = isByText(inbound);
        if (isByText && !settings.byText()) {
            return Optional.empty();
        }
        ReceiptText text = ReceiptText.of(inbound);
        String trusted = settings.textField() ? text.head() + text.tail() : text.head();
        if (settings.optionalFields()) {
            trusted = ReceiptText.withOptionalFields(trusted, inbound);
        }
        ReceiptFields found = patterns.find(trusted);
        if (isByText && !isReceipt(found)) {
            return Optional.empty();
        }
        ReceiptFields fields = found.isComplete() ? found : found.orElse(tokens.find(trusted));
        if (tlvId == null && fields.id() == null && type != TYPE_RECEIPT && type != TYPE_INTERMEDIATE) {
            // an acknowledgement typed by a person (0x08, 0x10), or a message_state without any id
            return Optional.empty();
        }
        if (fields.stat() == null && tlvStat == null && !text.tail().isEmpty()) {
            // some put text: before stat: (the quoted MT is trusted for nothing that stands before it)
            fields = fields.orElse(patterns.find(text.tail()).orElse(tokens.find(text.tail())));
        }
        String stat = stat(fields.stat(), tlvStat);
        String err = fields.err() != null ? fields.err() : networkError(inbound.tlv(NETWORK_ERROR_CODE));
        StatusReport report =
                report(inbound, answerTo, receivedAtMillis, ids(tlvId, found.id(), fields.id(), trusted), stat, err);
        return Optional.of(settings.messageReference() ? withReference(report, inbound) : report);
    }

    /** Whether nothing but its text can make it an SR: then, if its id is unknown, it is an MO. */
    public static boolean isByText(Inbound inbound) {
        return (inbound.esmClass() & TYPE_MASK) == 0
                && text(inbound.tlv(RECEIPTED_MESSAGE_ID)) == null
                && state(inbound.tlv(MESSAGE_STATE)) == null;
    }

    private boolean isReceipt(ReceiptFields found) {
        String stat = found.stat();
        return found.id() != null
                && stat != null
                && (meaning(stat) != Meaning.INTERMEDIATE || STATES.contains(stat.toUpperCase(Locale.ROOT)));
    }

    private static StatusReport withReference(StatusReport report, Inbound inbound) {
        byte[] value = inbound.tlv(MessageReference.TAG);
        int reference = value == null ? -1 : MessageReference.valueOf(value);
        // the SR comes from where the MT went
        return reference < 0
                ? report
                : report.orByReference(MessageReference.key(inbound.source().number(), reference));
    }

    /**
     * How {@code id-format = auto} learns.
     *
     * @param form of {@link LearnedForm#formOf}: how an SR of this account was matched
     */
    public void learned(int form) {
        normaliser.learned(form);
    }

    /** The text's, unless only the TLV's says how the message ended. */
    private String stat(@Nullable String inText, @Nullable String inTlv) {
        if (inText == null) {
            return inTlv == null ? "" : inTlv;
        }
        return inTlv != null && meaning(inText) == Meaning.INTERMEDIATE && meaning(inTlv) != Meaning.INTERMEDIATE
                ? inTlv
                : inText;
    }

    /** The ids the receipt may mean, as written, likeliest first. */
    private List<String> ids(@Nullable String tlv, @Nullable String matched, @Nullable String any, String text) {
        if (tlv == null && !defaultPatterns) {
            return any == null ? List.of() : List.of(any);
        }
        List<String> ids = new ArrayList<>(3);
        if (tlv != null) {
            ids.add(tlv);
        }
        if (defaultPatterns && matched != null) {
            // the default pattern takes "a1b2c3d4" of "a1b2c3d4-e5f6": the whole token is likelier
            String token = TokenFields.token(text, "id");
            if (token != null && token.length() > matched.length() && token.startsWith(matched) && !token.equals(tlv)) {
                ids.add(token);
            }
        }
        if (any != null && !ids.contains(any)) { // mostly the TLV and the text say the same
            ids.add(any);
        }
        return ids;
    }

    private StatusReport report(
            Inbound inbound, int answerTo, long receivedAtMillis, List<String> ids, String stat, String err) {
        if (ids.isEmpty()) {
            return new StatusReport(answerTo, ProviderKey.of(""), "", meaning(stat), stat, err, receivedAtMillis);
        }
        List<String> first = normaliser.candidates(ids.get(0));
        if (first.size() == 1 && ids.size() == 1 && settings.matchRecipient() == 0) {
            String id = first.get(0);
            return new StatusReport(answerTo, ProviderKey.of(id), id, meaning(stat), stat, err, receivedAtMillis);
        }
        Set<String> all = new LinkedHashSet<>(first);
        ids.forEach(id -> all.addAll(normaliser.candidates(id)));
        List<Candidate> candidates = guarded(all, inbound).stream()
                .map(id -> new Candidate(ProviderKey.of(id), id))
                .toList();
        Candidate best = candidates.get(0);
        return new StatusReport(
                answerTo,
                best.key(),
                best.providerId(),
                meaning(stat),
                stat,
                err,
                receivedAtMillis,
                candidates.subList(1, candidates.size()));
    }

    /** With the number the SR comes from, which is where the MT went; then, swapped, with the one it goes to. */
    private Set<String> guarded(Set<String> ids, Inbound inbound) {
        int digits = settings.matchRecipient();
        if (digits == 0) {
            return ids;
        }
        Set<String> guarded = new LinkedHashSet<>();
        ids.forEach(
                id -> guarded.add(RecipientGuard.guarded(id, inbound.source().number(), digits)));
        ids.forEach(id ->
                guarded.add(RecipientGuard.guarded(id, inbound.destination().number(), digits)));
        return guarded;
    }

    private Meaning meaning(String stat) {
        Meaning known = meanings.get(stat);
        if (known != null) {
            return known;
        }
        Meaning meaning = settings.successRegex().matcher(stat).find()
                ? Meaning.DELIVERED
                : settings.errorRegex().matcher(stat).find() ? Meaning.FAILED : Meaning.INTERMEDIATE;
        if (meanings.size() < MAX_MEANINGS) {
            meanings.put(stat, meaning);
        }
        return meaning;
    }

    private static @Nullable String text(byte @Nullable [] tlv) {
        if (tlv == null) {
            return null;
        }
        String text = ReceiptText.withoutNuls(tlv).strip();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String state(byte @Nullable [] tlv) {
        return tlv != null && tlv[0] >= 0 && tlv[0] < STATES.size() ? STATES.get(tlv[0]) : null;
    }

    /** The octets after the network type (SMPP 3.4 §5.3.2.31), or what some send instead: digits, or fewer octets. */
    private static String networkError(byte @Nullable [] tlv) {
        if (tlv == null) {
            return "";
        }
        boolean asSpecified = tlv.length == 3 && (tlv[0] < '0' || tlv[0] > '9');
        return asSpecified ? Integer.toString((tlv[1] & 0xFF) << 8 | (tlv[2] & 0xFF)) : ReceiptText.printable(tlv);
    }
}
