// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;

/** What a request sets for its messages, from HTTP to the wire. */
class DeliveryFieldsIT extends NodeFixture {
    @BeforeAll
    static void startNode() {
        start("poll-period = 100ms", """
                acme { host = 127.0.0.1, port = %d, source-number = "1234" }
                """.formatted(smsc.port()));
    }

    @ParameterizedTest
    @Observes({
        "delivery.sender",
        "delivery.longSender",
        "delivery.priority",
        "delivery.transmissionMode",
        "delivery.validity",
        "delivery.tlvs.tag",
        "delivery.tlvs.value",
        "delivery.tlvs.format"
    })
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ""                                                                      | source_addr     | 1234
            "sender":"ACME"                                                         | source_addr     | ACME
            "sender":"A name of 24 characters.","longSender":true                   | source_addr     | A name of 24 characters.
            "priority":2                                                            | priority_flag   | 2
            "transmissionMode":"flash"                                              | 0x0005          | 01
            "transmissionMode":"unspecified"                                        | 0x0005          | ``
            "validity":"PT1H"                                                       | validity_period | 000000010000000R
            "validity":"2099-01-31T09:08:07+01:00"                                  | validity_period | 990131080807000+
            "tlvs":[{"tag":"0x1400","value":"258","format":"int16"}]                | 0x1400          | 0102
            "tlvs":[{"tag":"0x1401","value":"258"}]                                 | 0x1401          | 323538
            """)
    void theSubmitSmCarriesIt(String fields, String field, String expected) {
        node.submit("acme", "hello", fields.equals("\"\"") ? "" : "," + fields);

        assertThat(smsc.take().field(field)).isEqualTo(expected);
    }

    @ParameterizedTest
    @Observes({"delivery.maxParts", "delivery.tlvs.label", "delivery.tlvs.maxLength"})
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "maxParts":1                                                                    | too long: 2 parts, at most 1
            "tlvs":[{"label":"campaign","tag":"0x1400","value":"123456","maxLength":5}]     | tlv campaign: has 6 octets, at most 5
            """)
    void aMessageThatExceedsItFails(String fields, String error) {
        long id = node.submit("acme", "a".repeat(200), "," + fields);

        assertThat(node.messageWith(id, "failed").path("error").asText()).isEqualTo(error);
        assertThat(smsc.submitted).isEmpty();
    }

    @Test
    @Observes("delivery.longSender")
    void aLongSenderIsRefusedUnlessTheRequestSaysThatItIsMeant() {
        assertThat(node.post("/api/v1/messages", """
                        {"account":"acme","sender":"A name of 24 characters.","messages":[{"to":"336000001","text":"x"}]}
                        """).statusCode()).isEqualTo(422);
    }

    @Test
    @Observes("delivery.sendAt")
    void aScheduledMessageLeavesWhenItsTimeHasCome() {
        Instant due = Instant.now().plusMillis(3000);
        node.submit("acme", "hello", ",\"sendAt\":\"" + due + "\"");
        node.submit("acme", "at once", "");

        assertThat(smsc.take().field("short_message")).startsWith("6174");
        assertThat(smsc.take().field("short_message")).startsWith("6865");
        assertThat(Instant.now()).isBetween(due, due.plus(Duration.ofSeconds(60)));
    }
}
