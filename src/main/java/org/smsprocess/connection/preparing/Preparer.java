// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.LongMtProgress;
import org.smsprocess.delivery.queue.QueuedMt;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.Tlv;
import org.smsprocess.sr.reading.MessageReference;
import org.smsprocess.text.ConcatReference;
import org.smsprocess.text.EncodeResult;
import org.smsprocess.text.EncodedText;
import org.smsprocess.text.TextEncoder;
import org.smsprocess.text.Unencodable;

/**
 * Makes SUBMIT_SM of a claimed part: template, quarantine, encoding, splitting. A message that can't be sent is settled as failed with
 * its reason and never holds up the others. Thread-safe; made anew when the account's settings change.
 */
public final class Preparer {
    private static final Logger LOG = LoggerFactory.getLogger(Preparer.class);
    /** Numbers as they were written: 12.50 is not 12.5. */
    private static final ObjectReader FIELDS = new ObjectMapper()
            .readerFor(new TypeReference<Map<String, Object>>() {})
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final int STATUS_REPORT = 1;

    private final AccountSettings account;
    private final Addresses addresses;
    private final TextEncoder encoder;
    private final ConcatReference references;
    private final Clock clock;
    private volatile CompiledTemplate template = new CompiledTemplate("", TemplateText.compile(""));

    private record CompiledTemplate(String source, Template compiled) {}

    public Preparer(AccountSettings account, ConcatReference references, Clock clock) {
        this.account = account;
        this.addresses = new Addresses(account.channel());
        this.encoder = account.channel().textEncoder();
        this.references = references;
        this.clock = clock;
    }

    public AccountSettings account() {
        return account;
    }

    public PreparedPart prepare(ClaimedPart part) {
        List<Submit> submits = new ArrayList<>(part.messages().size());
        List<LongMt> longMts = new ArrayList<>(0);
        List<Settlement> settled = new ArrayList<>(0);
        Template compiled = null;
        String templateProblem = null;
        if (part.template() != null) {
            try {
                compiled = compiled(part.template());
            } catch (MustacheException invalid) {
                templateProblem = "template: " + invalid.getMessage();
            }
        }
        SmppAddress source = addresses.source(part.settings().sender());
        for (QueuedMt mt : part.messages()) {
            String problem = templateProblem != null
                    ? templateProblem
                    : prepareOrFail(mt, part.settings(), source, compiled, submits, longMts);
            if (problem != null) {
                settled.add(failed(mt, part, problem));
            }
        }
        return new PreparedPart(part.partId(), submits, longMts, settled);
    }

    /** What nobody foresaw fails its message too: else it would end the session, and its part would come again, for ever. */
    private @Nullable String prepareOrFail(
            QueuedMt mt,
            DeliverySettings settings,
            SmppAddress source,
            @Nullable Template compiled,
            List<Submit> submits,
            List<LongMt> longMts) {
        int submitsBefore = submits.size();
        int longMtsBefore = longMts.size();
        try {
            return prepare(mt, settings, source, compiled, submits, longMts);
        } catch (RuntimeException unforeseen) {
            LOG.error("{}: MT {} can't be prepared", account.name(), mt.id(), unforeseen);
            submits.subList(submitsBefore, submits.size()).clear();
            longMts.subList(longMtsBefore, longMts.size()).clear();
            return "can't be prepared: " + unforeseen;
        }
    }

    /** @return the reason when the message can't be sent */
    private @Nullable String prepare(
            QueuedMt mt,
            DeliverySettings settings,
            SmppAddress source,
            @Nullable Template compiled,
            List<Submit> submits,
            List<LongMt> longMts) {
        if (mt.quarantined() && !settings.answersMo()) {
            return "quarantined: " + mt.recipient() + " may not be written to from "
                    + account.channel().shortCode();
        }
        String text;
        List<Tlv> tlvs;
        try {
            text = mt.text() != null ? mt.text() : compiled == null ? "" : TemplateText.of(compiled, fields(mt));
            tlvs = settings.wire().equals(WireSettings.NONE) ? List.of() : optionalParameters(settings, mt);
        } catch (MustacheException | JsonProcessingException | UnsupportedOperationException unusable) {
            return "template: " + unusable.getMessage(); // the last: one that includes another
        } catch (OptionalParameters.Unusable unusable) {
            return unusable.getMessage();
        }
        if (text.isEmpty()) {
            return "empty text";
        }
        EncodeResult result = encoder.encode(text, maxParts(settings));
        if (result instanceof Unencodable unencodable) {
            return unencodable.reason();
        }
        Instant validUntil = settings.wire().validUntil();
        if (validUntil != null && validUntil.toEpochMilli() <= clock.millis()) {
            return "validity has ended: " + validUntil;
        }
        addSubmits(mt, settings, source, (EncodedText) result, tlvs, submits, longMts);
        return null;
    }

    private List<Tlv> optionalParameters(DeliverySettings settings, QueuedMt mt)
            throws JsonProcessingException, OptionalParameters.Unusable {
        return OptionalParameters.of(settings.wire(), account.channel(), fields(mt));
    }

    private static int maxParts(DeliverySettings settings) {
        return settings.maxParts() == 0 ? Integer.MAX_VALUE : settings.maxParts(); // the encoder stops at 255
    }

    private void addSubmits(
            QueuedMt mt,
            DeliverySettings settings,
            SmppAddress source,
            EncodedText text,
            List<Tlv> tlvs,
            List<Submit> submits,
            List<LongMt> longMts) {
        SmppAddress destination = addresses.destination(mt.recipient());
        Submit.Fields fields = fields(settings, text);
        int parts = text.parts();
        LongMtProgress before = progress(mt, text);
        int reference = before != null ? before.reference() : parts > 1 ? references.next(destination.number()) : 0;
        List<Integer> accepted = before == null ? List.of() : before.accepted();
        int others = parts - 1 - accepted.size();
        for (int part = parts; part >= 1; part--) {
            if (accepted.contains(part)) {
                continue;
            }
            int report = settings.statusReport() && part == 1 ? STATUS_REPORT : 0;
            Submit submit = new Submit(
                    mt.id(),
                    part,
                    parts,
                    source,
                    destination,
                    fields,
                    report,
                    text.shortMessage(part, reference),
                    LongParameters.with(text, part, reference, report == 0 ? tlvs : withReference(mt, tlvs)));
            if (part > 1 || others == 0) {
                submits.add(submit);
            }
            if (part == 1 && parts > 1) {
                longMts.add(new LongMt(submit, others, reference, accepted));
            }
        }
    }

    private Submit.Fields fields(DeliverySettings settings, EncodedText text) {
        return new Submit.Fields(
                account.channel().serviceType(),
                0,
                text.udhi(),
                0,
                settings.priority(),
                null,
                SmppTime.validity(settings.wire()),
                text.encoding().dataCoding());
    }

    /** None after the settings have changed: what was accepted then belongs to another message. */
    private static @Nullable LongMtProgress progress(QueuedMt mt, EncodedText text) {
        LongMtProgress before = mt.progress();
        return before != null && before.fits(text.parts(), text.encoding().dataCoding()) ? before : null;
    }

    /** A reference that the delivery sets itself stays. */
    private List<Tlv> withReference(QueuedMt mt, List<Tlv> tlvs) {
        if (!account.sr().messageReference() || tlvs.stream().anyMatch(tlv -> tlv.tag() == MessageReference.TAG)) {
            return tlvs;
        }
        List<Tlv> all = new ArrayList<>(tlvs);
        all.add(MessageReference.tlv(mt.id()));
        return all;
    }

    private static Map<String, Object> fields(QueuedMt mt) throws JsonProcessingException {
        return mt.fields() == null ? Map.of() : FIELDS.readValue(mt.fields());
    }

    /** Deliveries follow one another: the last template is nearly always the next. */
    private Template compiled(String source) {
        CompiledTemplate last = template;
        if (!last.source().equals(source)) {
            last = new CompiledTemplate(source, TemplateText.compile(source));
            template = last;
        }
        return last.compiled();
    }

    private Settlement failed(QueuedMt mt, ClaimedPart part, String reason) {
        return new Settlement(mt.id(), part.partId(), Settlement.Kind.FAILED, 0, null, reason, 0, clock.millis());
    }
}
