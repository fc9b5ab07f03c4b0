// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the keys of one HOCON object. A wrong value is noted in the shared list of problems and an allowed one returned in its
 * place, so that one pass finds everything; the caller throws {@link InvalidSettings} at the end. {@link #noOtherKeys} then notes
 * what nobody has read, because a mistyped key must not pass for a default. Not thread-safe.
 */
public final class Section {
    private static final Pattern NOTHING = Pattern.compile("");

    private final String path;
    private final ConfigObject object;
    private final Config config;
    private final List<SettingsProblem> problems;
    private final Map<String, Optional<Section>> read = new HashMap<>();

    private Section(String path, ConfigObject object, List<SettingsProblem> problems) {
        this.path = path;
        this.object = object;
        this.config = object.toConfig();
        this.problems = problems;
    }

    /**
     * @param path where the object stands, for messages
     * @param problems gets what is wrong
     */
    public static Section of(String path, Config config, List<SettingsProblem> problems) {
        return new Section(path, config.root(), problems);
    }

    /**
     * What the reader makes of the section at this path.
     *
     * @param root the whole, resolved configuration
     * @throws InvalidSettings with every problem
     */
    public static <T> T read(Config root, String path, Function<Section, T> reader) {
        List<SettingsProblem> problems = new ArrayList<>();
        T settings = reader.apply(of(path, root.getConfig(path), problems));
        InvalidSettings.throwIfAny(problems);
        return settings;
    }

    public String path() {
        return path;
    }

    public boolean isSet(String key) {
        take(key);
        return config.hasPath(ConfigUtil.joinPath(key));
    }

    public boolean flag(String key) {
        return value(key, "true or false", false, Config::getBoolean);
    }

    /** A whole number from min to max, both included. */
    public int integer(String key, int min, int max) {
        String range = min + " to " + max;
        double number = value(key, "a whole number (" + range + ")", (double) min, Config::getDouble);
        if (number != Math.rint(number)) {
            problem(key, "is not a whole number (" + range + ")");
        } else if (number < min || number > max) {
            problem(key, "is out of range (" + range + ")");
        } else {
            return (int) number;
        }
        return min;
    }

    /** A number from min to max, both included. */
    public double decimal(String key, double min, double max) {
        String range = plain(min) + " to " + plain(max);
        double number = value(key, "a number (" + range + ")", min, Config::getDouble);
        if (number >= min && number <= max) {
            return number;
        }
        problem(key, "is out of range (" + range + ")");
        return min;
    }

    /** A size such as 64k, from min to max octets, both included; a bare number is octets. */
    public long octets(String key, long min, long max) {
        String range = min + " to " + max + " octets";
        long size = value(key, "a size such as 64k (" + range + ")", min, Config::getBytes);
        if (size >= min && size <= max) {
            return size;
        }
        problem(key, "is out of range (" + range + ")");
        return min;
    }

    /** A duration from min to max, both included; a bare number is milliseconds. */
    public Duration duration(String key, Duration min, Duration max) {
        String range = shown(min) + " to " + shown(max);
        Duration duration = value(key, "a duration such as 30s (" + range + ")", min, Config::getDuration);
        if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
            return duration;
        }
        problem(key, "is out of range (" + range + ")");
        return min;
    }

    /** A text of at most so many octets in UTF-8. */
    public String text(String key, int maxOctets) {
        String text = value(key, "a text", "", Config::getString);
        if (text.getBytes(StandardCharsets.UTF_8).length > maxOctets) {
            problem(key, "is too long (at most " + maxOctets + " octets)");
        }
        return text;
    }

    /** As {@link #text}, but not empty. */
    public String filledText(String key, int maxOctets) {
        boolean isThere = isSet(key);
        String text = text(key, maxOctets);
        if (isThere && text.isBlank()) {
            problem(key, "must not be empty");
        }
        return text;
    }

    /** As {@link #text}; its value never gets into a message. */
    public String secret(String key, int maxOctets) {
        String text = "";
        boolean isThere = isSet(key);
        if (object.get(key) instanceof ConfigObject || object.get(key) instanceof ConfigList || !isThere) {
            problems.add(SettingsProblem.at(originOf(key), fullKey(key), "must be set: a text"));
        } else {
            text = config.getString(ConfigUtil.joinPath(key));
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > maxOctets) {
            String detail = "is too long (at most " + maxOctets + " octets; value not shown)";
            problems.add(SettingsProblem.at(originOf(key), fullKey(key), detail));
        }
        return text;
    }

    /** One of the constants of an enum, written in any case with hyphens: {@code transmitter-receiver}. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        E[] constants = type.getEnumConstants();
        String choices = Arrays.stream(constants).map(Section::shown).collect(Collectors.joining(", "));
        String text = value(key, "one of " + choices, shown(constants[0]), Config::getString);
        for (E constant : constants) {
            if (shown(constant).equalsIgnoreCase(text)) {
                return constant;
            }
        }
        problem(key, "is not one of " + choices);
        return constants[0];
    }

    /** A whole number from min to max, written as {@code 4660} or {@code 0x1234}. */
    public int hexOrDecimal(String key, int min, int max) {
        String range = "a number such as 0x1234 (0x%X to 0x%X)".formatted(min, max);
        String text = value(key, range, Integer.toString(min), Config::getString);
        try {
            int number = Integer.decode(text.trim());
            if (number >= min && number <= max) {
                return number;
            }
            problem(key, "is out of range (0x%X to 0x%X)".formatted(min, max));
        } catch (NumberFormatException notANumber) {
            problem(key, "is not " + range);
        }
        return min;
    }

    /** Whether the value is this word, {@code none} for one. */
    public boolean isWord(String key, String word) {
        ConfigValue value = object.get(key);
        return isSet(key) && value != null && word.equals(value.unwrapped());
    }

    /** An RE2 pattern, linear in time, with any number of capture groups. */
    public Pattern regex(String key) {
        String text = value(key, "a regular expression", "", Config::getString);
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException notRegular) {
            problem(key, "is not a regular expression (RE2 syntax): " + notRegular.getDescription());
            return NOTHING;
        }
    }

    /** As {@link #regex(String)}, with exactly so many capture groups. */
    public Pattern regex(String key, int groups) {
        Pattern pattern = regex(key);
        if (pattern != NOTHING && pattern.groupCount() != groups) {
            problem(key, "has %d capture groups, not exactly %d".formatted(pattern.groupCount(), groups));
        }
        return pattern;
    }

    /** The object under a key; an empty one if it is missing. */
    public Section section(String key) {
        ConfigObject child = ConfigFactory.empty(object.origin().description()).root();
        List<SettingsProblem> itsProblems = problems;
        if (object.get(key) instanceof ConfigObject there) {
            child = there;
        } else if (isSet(key)) {
            problem(key, "is not an object { … }");
            itsProblems = new ArrayList<>(); // that everything in it is missing is no news
        }
        Section section = new Section(fullKey(key), child, itsProblems);
        read.put(key, Optional.of(section));
        return section;
    }

    /** A list of at least so many texts. */
    public List<String> texts(String key, int min) {
        List<String> texts = value(key, "a list of texts", List.of(), Config::getStringList);
        if (isSet(key) && texts.size() < min) {
            problem(key, "needs at least " + min);
        }
        return List.copyOf(texts);
    }

    /** The objects of a list of at least so many. */
    public List<Section> sections(String key, int min) {
        take(key);
        List<Section> sections = new ArrayList<>();
        if (!(object.get(key) instanceof ConfigList list)) {
            problem(key, "is not a list [ { … }, … ]");
            return sections;
        }
        if (list.size() < min) {
            problem(key, "needs at least " + min);
        }
        for (int i = 0; i < list.size(); i++) {
            String itemPath = fullKey(key) + "[" + i + "]";
            if (list.get(i) instanceof ConfigObject item) {
                sections.add(new Section(itemPath, item, problems));
            } else {
                problems.add(SettingsProblem.at(
                        list.get(i).origin(), itemPath, "= " + list.get(i).render() + " is not an object { … }"));
            }
        }
        return sections;
    }

    /** Every key of this object, sorted; for maps whose keys are data. */
    public SortedSet<String> keys() {
        return new TreeSet<>(object.keySet());
    }

    /** Whether the value of a key comes from a reference.conf. */
    public boolean isDefault(String key) {
        return originOf(key).description().startsWith("reference.conf");
    }

    /** Notes a problem with the value of a key: {@code <key> = <value> <what>}. */
    public void problem(String key, String what) {
        ConfigValue value = object.get(key);
        String shown = value == null || value.valueType() == ConfigValueType.NULL ? "" : "= " + value.render() + " ";
        problems.add(SettingsProblem.at(originOf(key), fullKey(key), shown + what));
    }

    /** Notes a problem with the key itself: {@code <key> <what>}. */
    public void note(String key, String what) {
        problems.add(SettingsProblem.at(originOf(key), fullKey(key), what));
    }

    /** Notes each key of this object, and of those read below it, that nobody asked for. */
    public void noOtherKeys() {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String key = entry.getKey();
            Optional<Section> child = read.get(key);
            if (child == null) {
                problems.add(UnknownKeys.unknown(entry.getValue().origin(), fullKey(key), key, read.keySet()));
            } else {
                child.ifPresent(Section::noOtherKeys);
            }
        }
    }

    public ConfigOrigin originOf(String key) {
        ConfigValue value = object.get(key);
        return value == null || value.valueType() == ConfigValueType.NULL ? object.origin() : value.origin();
    }

    private <T> T value(String key, String kind, T inPlace, BiFunction<Config, String, T> get) {
        if (!isSet(key)) {
            problems.add(SettingsProblem.at(originOf(key), fullKey(key), "must be set: " + kind));
            return inPlace;
        }
        try {
            return get.apply(config, ConfigUtil.joinPath(key));
        } catch (ConfigException.WrongType | ConfigException.BadValue wrong) {
            problem(key, "is not " + kind);
            return inPlace;
        }
    }

    private void take(String key) {
        read.putIfAbsent(key, Optional.empty());
    }

    private String fullKey(String key) {
        return path + "." + ConfigUtil.joinPath(key);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String shown(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String shown(Duration duration) {
        if (duration.toMillisPart() > 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSecondsPart() > 0 || duration.isZero()) {
            return duration.toSeconds() + "s";
        }
        return duration.toMinutesPart() > 0 ? duration.toMinutes() + "m" : duration.toHours() + "h";
    }
}
