// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.settings.UnknownKeys;

/**
 * A configuration as it was read, the good accounts apart from the others.
 *
 * @param process empty if it has a problem
 * @param isReadable false: it does not parse, and says nothing of any account
 * @param accounts those without a problem
 * @param refused names of those with one
 * @param problems of all, and keys that do not exist
 */
record Configuration(
        Optional<ProcessSettings> process,
        boolean isReadable,
        SortedMap<String, AccountSettings> accounts,
        SortedSet<String> refused,
        List<SettingsProblem> problems) {

    /** A changed file is read after this, because whoever changes it may still be writing. */
    private static final long SETTLE_MILLIS = 200;

    /** Reads the source if it has changed; only one reading at a time. */
    static CompletionStage<Optional<Configuration>> readChanged(SettingsSource source, Executor blocking) {
        Executor settled = CompletableFuture.delayedExecutor(SETTLE_MILLIS, TimeUnit.MILLISECONDS, blocking);
        return CompletableFuture.supplyAsync(source::hasChanged, blocking)
                .thenCompose(hasChanged -> hasChanged
                        ? CompletableFuture.supplyAsync(() -> Optional.of(read(source)), settled)
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    private static Configuration read(SettingsSource source) {
        try {
            Config root = source.load();
            return of(root).with(source.problemsOfTheNextStart(root));
        } catch (InvalidSettings unreadable) {
            return new Configuration(Optional.empty(), false, new TreeMap<>(), new TreeSet<>(), unreadable.problems());
        }
    }

    /** @param root the whole, resolved configuration */
    static Configuration of(Config root) {
        List<SettingsProblem> problems = new ArrayList<>();
        // the defaults of accounts are checked with each account: some of their objects are maps that can have further
        // keys
        UnknownKeys.note(root.withoutPath(AccountSettings.DEFAULTS), ProcessSettings.PATH, problems);
        ProcessSettings process = ProcessSettings.read(root, problems);
        boolean isProcessGood = problems.isEmpty();

        SortedMap<String, AccountSettings> accounts = new TreeMap<>();
        SortedSet<String> refused = new TreeSet<>();
        for (String name :
                new TreeSet<>(root.getObject(AccountSettings.ACCOUNTS).keySet())) {
            List<SettingsProblem> itsProblems = new ArrayList<>();
            AccountSettings.read(name, root, itsProblems)
                    .filter(settings -> itsProblems.isEmpty())
                    .ifPresentOrElse(settings -> accounts.put(name, settings), () -> refused.add(name));
            problems.addAll(itsProblems);
        }
        return new Configuration(
                isProcessGood ? Optional.of(process) : Optional.empty(), true, accounts, refused, distinct(problems));
    }

    /** The same, and further problems that concern no account. */
    private Configuration with(List<SettingsProblem> others) {
        List<SettingsProblem> all = new ArrayList<>(problems);
        all.addAll(others);
        return new Configuration(process, isReadable, accounts, refused, distinct(all));
    }

    /** What is wrong in account-defaults is wrong in every account; once is enough. */
    private static List<SettingsProblem> distinct(List<SettingsProblem> problems) {
        Map<String, SettingsProblem> byPlace = new LinkedHashMap<>();
        for (SettingsProblem problem : problems) {
            String setting = problem.key().replaceFirst("^\\Q" + AccountSettings.ACCOUNTS + "\\E\\.[^.]*", "");
            boolean isMissing = problem.detail().startsWith("must be set");
            byPlace.putIfAbsent(problem.location() + (isMissing ? problem.key() : setting), problem);
        }
        return List.copyOf(byPlace.values());
    }
}
