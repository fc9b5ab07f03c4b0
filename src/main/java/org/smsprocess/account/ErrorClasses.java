// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.smsprocess.settings.Section;

/**
 * The class of each command_status (SMPP 3.4 §5.1.3). Immutable.
 *
 * <pre>
 * starts   0x000 0x004 0x005 0x008 …      sorted as unsigned numbers; segment i goes from starts[i] to starts[i+1] - 1
 * classes  FAIL  RECON FAIL  RETRY …
 * </pre>
 */
public final class ErrorClasses {
    private static final String OTHER = "other";
    private static final long MAX = 0xFFFF_FFFFL;

    private final long[] starts;
    private final ErrorClass[] classes;

    private ErrorClasses(long[] starts, ErrorClass[] classes) {
        this.starts = starts;
        this.classes = classes;
    }

    /** The class of a command_status, all 32 bits of it. */
    public ErrorClass of(int commandStatus) {
        int found = Arrays.binarySearch(starts, Integer.toUnsignedLong(commandStatus));
        return classes[found >= 0 ? found : -found - 2];
    }

    /** One key: first and last command_status, both included. */
    private record Range(long first, long last) {
        static Optional<Range> parse(String key) {
            String[] ends = key.trim().split("\\s*-\\s*", 2);
            try {
                long first = Long.decode(ends[0]);
                long last = Long.decode(ends[ends.length - 1]);
                return first >= 0 && first <= last && last <= MAX
                        ? Optional.of(new Range(first, last))
                        : Optional.empty();
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }

        long width() {
            return last - first;
        }

        boolean holds(long commandStatus) {
            return first <= commandStatus && commandStatus <= last;
        }
    }

    static ErrorClasses from(Section section) {
        Map<Range, ErrorClass> byRange = new HashMap<>();
        Map<Range, String> keys = new HashMap<>();
        ErrorClass other = section.choice(OTHER, ErrorClass.class);
        for (String key : section.keys()) {
            if (key.equals(OTHER)) {
                continue;
            }
            ErrorClass errorClass = section.choice(key, ErrorClass.class);
            Range range = Range.parse(key).orElse(null);
            if (range == null) {
                section.note(key, "is not a command_status or a range of them (0x58, 88, 0x400-0x4FF)");
                continue;
            }
            String twin = keys.get(range);
            boolean isOverridden = twin != null && section.isDefault(key);
            if (twin != null && !isOverridden && !section.isDefault(twin)) {
                section.note(key, "is the same command_status as " + twin);
            }
            if (!isOverridden) {
                keys.put(range, key);
                byRange.put(range, errorClass);
            }
        }
        return of(byRange, other);
    }

    /** The narrowest range that holds a command_status decides; {@code other} where there is none. */
    private static ErrorClasses of(Map<Range, ErrorClass> byRange, ErrorClass other) {
        TreeSet<Long> starts = byRange.keySet().stream()
                .flatMap(range -> Stream.of(range.first(), range.last() + 1))
                .filter(start -> start <= MAX)
                .collect(Collectors.toCollection(TreeSet::new));
        starts.add(0L);
        List<Range> narrowestFirst = byRange.keySet().stream()
                .sorted((one, two) -> Long.compare(one.width(), two.width()))
                .toList();
        ErrorClass[] classes = starts.stream()
                .map(start -> narrowestFirst.stream()
                        .filter(range -> range.holds(start))
                        .findFirst()
                        .map(byRange::get)
                        .orElse(other))
                .toArray(ErrorClass[]::new);
        return new ErrorClasses(starts.stream().mapToLong(Long::longValue).toArray(), classes);
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof ErrorClasses same
                && Arrays.equals(starts, same.starts)
                && Arrays.equals(classes, same.classes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(classes);
    }
}
