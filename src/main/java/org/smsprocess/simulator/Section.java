// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** One section of the settings: reads checked values, and says key, file and line of what it cannot accept. */
final class Section {
    private final Config config;
    private final String path;

    private Section(Config config, String path) {
        this.config = config;
        this.path = path;
    }

    static Section of(Config root, String path) {
        if (!root.hasPath(path)) {
            throw new BadSetting(path + " is missing: reference.conf was not read");
        }
        return new Section(root.getConfig(path), path);
    }

    /** Refuses keys that do not exist: a misspelt key must not be a silent default. */
    Section knows(String... keys) {
        Set<String> unknown = new TreeSet<>(config.root().keySet());
        Arrays.asList(keys).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw bad(unknown.iterator().next(), "is not a setting of the simulator");
        }
        return this;
    }

    boolean has(String key) {
        return config.hasPath(key);
    }

    int integer(String key, int min, int max) {
        return (int) number(key, min, max);
    }

    long number(String key, long min, long max) {
        long value = read(key, ignored -> Long.decode(config.getString(key).strip()));
        if (value < min || value > max) {
            throw bad(key, "= " + value + " is out of range (" + min + " to " + max + ")");
        }
        return value;
    }

    double decimal(String key, double min, double max) {
        double value = read(key, config::getDouble);
        if (!(value >= min && value <= max)) {
            throw bad(key, "= " + value + " is out of range (" + min + " to " + max + ")");
        }
        return value;
    }

    Duration duration(String key) {
        Duration value = read(key, config::getDuration);
        if (value.isNegative()) {
            throw bad(key, "= " + value + " must not be negative");
        }
        return value;
    }

    boolean flag(String key) {
        return read(key, config::getBoolean);
    }

    String text(String key, int minLength, int maxLength) {
        String value = read(key, config::getString);
        if (value.length() < minLength || value.length() > maxLength) {
            throw bad(key, "has " + value.length() + " characters (" + minLength + " to " + maxLength + " allowed)");
        }
        return value;
    }

    List<String> texts(String key) {
        return List.copyOf(read(key, config::getStringList));
    }

    <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        return constant(key, read(key, config::getString), type);
    }

    <E extends Enum<E>> Set<E> someOf(String key, Class<E> type) {
        Set<E> values = new TreeSet<>();
        texts(key).forEach(value -> values.add(constant(key, value, type)));
        return values;
    }

    <T> T section(String key, Function<Section, T> reader) {
        Config inner = read(key, config::getConfig);
        return reader.apply(new Section(inner, path + "." + key));
    }

    /** A section that came from elsewhere, over the defaults that stand under {@code defaults}. */
    Section item(String name, Config item, String defaults) {
        return new Section(item.withFallback(config.getConfig(defaults)), path + "." + name);
    }

    /** As {@link #items(String, Function)}, each over the defaults that stand under {@code defaults}. */
    <T> List<T> items(String key, String defaults, Function<Section, T> reader) {
        return items(
                key,
                item -> reader.apply(new Section(item.config.withFallback(config.getConfig(defaults)), item.path)));
    }

    <T> List<T> items(String key, Function<Section, T> reader) {
        List<? extends Config> inner = read(key, config::getConfigList);
        List<T> items = new ArrayList<>();
        for (Config item : inner) {
            items.add(reader.apply(new Section(item, path + "." + key + "[" + items.size() + "]")));
        }
        return List.copyOf(items);
    }

    BadSetting bad(String key, String why) {
        return new BadSetting(path + "." + key + " " + why + " (" + origin(key).description() + ")");
    }

    private <E extends Enum<E>> E constant(String key, String value, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equalsIgnoreCase(value)) {
                return constant;
            }
        }
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Section::word).toList();
        throw bad(key, "= " + value + " is not one of " + String.join(", ", words));
    }

    /** An enum constant as it is written in the settings: lower case, with hyphens. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private <T> T read(String key, Function<String, T> reader) {
        try {
            return reader.apply(key);
        } catch (ConfigException.Missing missing) {
            throw bad(key, "is missing");
        } catch (ConfigException | NumberFormatException wrong) {
            throw bad(key, "has a value that cannot be read: " + wrong.getMessage());
        }
    }

    private ConfigOrigin origin(String key) {
        ConfigValue value = config.root().get(key);
        return value == null ? config.origin() : value.origin();
    }
}
