// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message lists every problem, one a line. */
public final class InvalidSettings extends RuntimeException {
    private final transient List<SettingsProblem> problems;

    public InvalidSettings(List<SettingsProblem> problems) {
        super(problems.stream().map(SettingsProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<SettingsProblem> problems() {
        return problems;
    }

    /** @throws InvalidSettings if there is a problem */
    public static void throwIfAny(List<SettingsProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
    }
}
