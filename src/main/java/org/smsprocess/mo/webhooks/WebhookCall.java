// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.MoSettings.Webhook;
import org.smsprocess.mo.inbox.InboxMo;

/**
 * The request that tells an MO.
 *
 * <pre>
 * POST url
 * Content-Type: application/json
 * X-Sms-Id: 42                          id of the MO: the same in every repetition
 * X-Sms-Timestamp: 1767268800
 * X-Sms-Signature: hex(HMAC-SHA256(secret, "1767268800." + body))
 * </pre>
 */
final class WebhookCall {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookCall() {}

    static HttpRequest request(Webhook webhook, InboxMo mo, Instant now, Duration timeout) {
        String body = body(mo);
        String timestamp = Long.toString(now.getEpochSecond());
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.url())
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("X-Sms-Id", Long.toString(mo.id()))
                .header("X-Sms-Timestamp", timestamp)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (!webhook.secret().isEmpty()) {
            request.header("X-Sms-Signature", sign(webhook.secret(), timestamp + "." + body));
        }
        return request.build();
    }

    static String sign(String secret, String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException broken) {
            throw new IllegalStateException("a Java runtime without " + ALGORITHM, broken);
        }
    }

    private static String body(InboxMo mo) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("id", mo.id())
                .put("account", mo.account())
                .put("from", mo.sender())
                .put("to", mo.shortCode());
        put(json, "text", mo.text());
        if (mo.text() == null) {
            json.put("octets", mo.octets());
            put(json, "udh", mo.udh());
        }
        json.put("dataCoding", mo.dataCoding()).put("parts", mo.parts());
        if (!mo.complete()) {
            json.put("complete", false).put("total", mo.total());
        }
        put(json, "remarks", mo.remarks());
        put(json, "linkedSms", mo.linkedSms());
        put(json, "alias", mo.alias());
        put(json, "providerId", mo.providerId());
        put(json, "largeAccount", mo.largeAccount());
        json.put("receivedAt", mo.receivedAt().toString());
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
