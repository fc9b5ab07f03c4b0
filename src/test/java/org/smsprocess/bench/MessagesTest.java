// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.smsprocess.bench.plant.NodeProcess;

class MessagesTest {
    private static JsonNode body(Messages messages, int from, int count) throws IOException {
        return new ObjectMapper().readTree(messages.body(from, count));
    }

    @Test
    void noTwoMessagesOfARunAreTheSame() throws IOException {
        Messages messages = new Messages("r");
        Set<String> seen = new HashSet<>();
        for (int from = 0; from < 1500; from += 500) {
            JsonNode body = body(messages, from, 500);
            assertThat(body.path("account").asText()).isEqualTo(NodeProcess.ACCOUNT);
            body.path("messages").forEach(message -> seen.add(message.toString()));
        }

        assertThat(seen).hasSize(1500);
    }

    @Test
    void textsTellTheRunAndFitOneSms() {
        assertThat(new Messages("a").text(7)).isNotEqualTo(new Messages("b").text(7));
        assertThat(new Messages("run").text(Integer.MAX_VALUE)).hasSizeLessThanOrEqualTo(160);
    }

    @Test
    void accountsTakeTurnsByRequest() throws IOException {
        Messages messages = new Messages(List.of("a", "b", "c"), "r");
        List<String> accounts = new ArrayList<>();
        for (int from = 0; from < 2000; from += 500) {
            accounts.add(body(messages, from, 500).path("account").asText());
        }

        assertThat(accounts).containsExactly("a", "b", "c", "a");
    }
}
