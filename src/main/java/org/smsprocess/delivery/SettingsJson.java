// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@link DeliverySettings} as they are stored with the delivery. A field that an older node does not know is ignored by it. */
public final class SettingsJson {
    /** Of parsing, not of what may exist. */
    private static final int CACHED = 1000;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private static final Map<String, DeliverySettings> READ = new ConcurrentHashMap<>();

    private SettingsJson() {}

    public static String write(DeliverySettings settings) {
        try {
            return MAPPER.writeValueAsString(settings);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    public static DeliverySettings read(String json) {
        DeliverySettings known = READ.get(json);
        if (known != null) {
            return known;
        }
        try {
            DeliverySettings settings = MAPPER.readValue(json, DeliverySettings.class);
            if (READ.size() >= CACHED) {
                READ.clear();
            }
            READ.put(json, settings);
            return settings;
        } catch (JsonProcessingException error) {
            throw new IllegalStateException("settings of a delivery cannot be read: " + json, error);
        }
    }
}
