// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** POST /api/v1/preview: what a text would cost. */
class PreviewIT {
    private final TestApi api = TestApi.start(new Fakes().services(), "max-body = 4k");

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void tellsEncodingPartsAndWhatIsLeft() {
        assertThat(api.post("/api/v1/preview", "{\"account\": \"acme\", \"text\": \"" + "a".repeat(161) + "\"}")
                        .body())
                .isEqualTo("{\"sendable\":true,\"encoding\":\"GSM\",\"dataCoding\":0,\"parts\":2,\"sms\":2,"
                        + "\"charactersLeft\":145,\"replacements\":[]}");
        assertThat(api.post("/api/v1/preview", "{\"account\": \"acme\", \"text\": \"ж\"}")
                        .body())
                .contains("\"encoding\":\"UCS-2\",\"dataCoding\":8,\"parts\":1,\"sms\":1,\"charactersLeft\":69");
    }

    @Test
    void refusesAnUnknownAccountAndAnEmptyText() {
        var answer = api.post("/api/v1/preview", "{\"account\": \"nobody\", \"text\": \"\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("there is no account nobody", "is missing or empty");
    }
}
