// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.smsprocess.settings.Section;

/**
 * What happens to messages that people write.
 *
 * @param store MO go to the inbox
 * @param reassemblyTimeout after it the parts there are stored as incomplete
 * @param replies first match wins
 * @param webhook told of each MO in the inbox
 */
public record MoSettings(
        boolean store, Duration reassemblyTimeout, List<ReplyRule> replies, Tlvs tlvs, Optional<Webhook> webhook) {

    /**
     * One line of {@code mo.reply}.
     *
     * @param keyword prefix of the first alphanumeric word, case-insensitive; empty: any
     * @param shortCode destination the MO was written to; empty: any
     * @param reply text of the answer; empty: action only
     */
    public record ReplyRule(String keyword, String shortCode, String reply, Action action) {}

    /** What a reply rule does to the sender's number. */
    public enum Action {
        NONE,
        QUARANTINE,
        UNQUARANTINE
    }

    /** TLVs of an MO that fill columns of the inbox. */
    public record Tlvs(
            Optional<TlvColumn> linkedSms,
            Optional<TlvColumn> alias,
            Optional<TlvColumn> providerId,
            Optional<TlvColumn> largeAccount) {}

    /** @param tag 0 to 65535 */
    public record TlvColumn(int tag, TlvFormat format) {}

    /** @param secret key of the signature, may be empty */
    public record Webhook(URI url, String secret) {
        @Override
        public String toString() {
            return "Webhook[" + url.getScheme() + "://" + url.getAuthority()
                    + "]"; // never the secret, nor one in the query
        }
    }

    static MoSettings from(Section mo) {
        Section tlvs = mo.section("tlvs");
        if (!mo.flag("store") && !mo.section("webhook").text("url", 2000).isEmpty()) {
            mo.problem("store", "must be true with a webhook, which is told of what is in the inbox");
        }
        return new MoSettings(
                mo.flag("store"),
                mo.duration("reassembly-timeout", Duration.ofMillis(100), Duration.ofHours(24)),
                mo.sections("reply", 0).stream().map(MoSettings::rule).toList(),
                new Tlvs(
                        column(tlvs.section("linked-sms")),
                        column(tlvs.section("alias")),
                        column(tlvs.section("provider-id")),
                        column(tlvs.section("large-account"))),
                webhook(mo.section("webhook")));
    }

    private static Optional<Webhook> webhook(Section section) {
        String url = section.text("url", 2000);
        String secret = section.secret("secret", 1000);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return Optional.of(new Webhook(uri, secret));
            }
        } catch (URISyntaxException notAUrl) {
            section.note("url", String.valueOf(notAUrl.getMessage()));
            return Optional.empty();
        }
        section.problem("url", "is not an address such as https://example.com/mo");
        return Optional.empty();
    }

    private static ReplyRule rule(Section line) {
        ReplyRule rule = new ReplyRule(
                line.isSet("keyword") ? line.text("keyword", 160) : "",
                line.isSet("short-code") ? line.text("short-code", 20) : "",
                line.isSet("reply") ? line.text("reply", 4096) : "",
                line.isSet("action") ? line.choice("action", Action.class) : Action.NONE);
        line.noOtherKeys();
        return rule;
    }

    private static Optional<TlvColumn> column(Section section) {
        boolean isOn = !section.isWord("tag", "none");
        int tag = isOn ? section.hexOrDecimal("tag", 0, 0xFFFF) : 0;
        TlvFormat format = section.choice("format", TlvFormat.class);
        return isOn ? Optional.of(new TlvColumn(tag, format)) : Optional.empty();
    }
}
