// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.Section;
import org.smsprocess.settings.SettingsProblem;

/**
 * One account, as {@code sms-process.accounts.<name>} sets it; every default is in reference.conf under
 * {@code sms-process.account-defaults}.
 *
 * @param name the key under {@code sms-process.accounts}
 * @param enabled a disabled account holds no SMPP connection
 * @param smscName provider's name; appears in every delivery-log error
 * @param errorClasses what a command_status of SUBMIT_SM_RESP leads to
 * @param requests what may be asked about messages that were sent
 */
public record AccountSettings(
        String name,
        boolean enabled,
        String smscName,
        BindSettings bind,
        ChannelSettings channel,
        Throughput throughput,
        SrSettings sr,
        MoSettings mo,
        ErrorClasses errorClasses,
        RequestSettings requests) {
    static final String ACCOUNTS = "sms-process.accounts";
    static final String DEFAULTS = "sms-process.account-defaults";

    /** The name is part of actor names, entity ids and URLs. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

    /**
     * Reads {@code sms-process.accounts.<name>} over {@code sms-process.account-defaults}.
     *
     * @param root the whole, resolved configuration
     * @throws InvalidSettings with every problem of this account
     */
    public static AccountSettings from(String name, Config root) {
        List<SettingsProblem> problems = new ArrayList<>();
        Optional<AccountSettings> settings = read(name, root, problems);
        return settings.filter(complete -> problems.isEmpty()).orElseThrow(() -> new InvalidSettings(problems));
    }

    /** The same; what is wrong goes to the list, and the result must not be used if something does. */
    static Optional<AccountSettings> read(String name, Config root, List<SettingsProblem> problems) {
        Section accounts = Section.of(ACCOUNTS, root.getConfig(ACCOUNTS), problems);
        if (!(root.getObject(ACCOUNTS).get(name) instanceof ConfigObject own)) {
            accounts.problem(name, "is not an account { host = … }");
            return Optional.empty();
        }
        if (!name.matches(NAME)) {
            accounts.note(name, "is not a possible name (letters, digits, - and _, at most 63)");
        }
        Config account = own.toConfig().withFallback(root.getConfig(DEFAULTS));
        Section section = Section.of(ACCOUNTS + "." + ConfigUtil.joinPath(name), account, problems);
        AccountSettings settings = read(name, section);
        section.noOtherKeys();
        return Optional.of(settings);
    }

    private static AccountSettings read(String name, Section section) {
        ChannelSettings channel = ChannelSettings.from(section);
        SrSettings sr = SrSettings.from(section);
        channel.refuseTakenTag(section, sr);
        return new AccountSettings(
                name,
                section.flag("enabled"),
                section.filledText("smsc-name", 64),
                BindSettings.from(section),
                channel,
                Throughput.from(section),
                sr,
                MoSettings.from(section.section("mo")),
                ErrorClasses.from(section.section("error-classes")),
                RequestSettings.from(section));
    }

    /**
     * How much and how fast.
     *
     * @param window SUBMIT_SM in flight per connection
     * @param maxMtThroughput MT a second per connection, 0: unlimited
     * @param maxAccountThroughput MT a second over all connections of the account in the cluster, 0: unlimited
     * @param reconnectDelay first wait before reconnecting
     * @param reconnectBackoff factor of growth of that wait, 1.0 or more
     * @param mtExpiration SUBMIT_SM to SUBMIT_SM_RESP
     * @param inDoubtWait how long a lost answer may still come before the policy applies
     */
    public record Throughput(
            int window,
            double maxMtThroughput,
            double maxAccountThroughput,
            Duration reconnectDelay,
            double reconnectBackoff,
            Duration reconnectMaxDelay,
            Duration mtExpiration,
            Duration bindTimeout,
            Duration enquireLinkPeriod,
            InDoubtPolicy inDoubt,
            Duration inDoubtWait) {

        static Throughput from(Section section) {
            Duration shortest = Duration.ofMillis(100);
            Duration hour = Duration.ofHours(1);
            Duration reconnectDelay = section.duration("reconnect-delay", shortest, hour);
            return new Throughput(
                    section.integer("window", 1, 10_000),
                    section.decimal("max-mt-throughput", 0, 100_000),
                    section.decimal("max-account-throughput", 0, 1_000_000),
                    reconnectDelay,
                    section.decimal("reconnect-backoff", 1, 10),
                    section.duration("reconnect-max-delay", reconnectDelay, Duration.ofHours(24)),
                    section.duration("mt-expiration", shortest, hour),
                    section.duration("bind-timeout", shortest, hour),
                    section.duration("enquire-link-period", shortest, hour),
                    section.choice("in-doubt", InDoubtPolicy.class),
                    section.duration("in-doubt-wait", Duration.ZERO, Duration.ofHours(24)));
        }
    }

    /** What happens to an MT whose answer was lost. */
    public enum InDoubtPolicy {
        /** At least once: sent again after in-doubt-wait, marked in the log. */
        RESEND,
        /** Kept for an operator. */
        HOLD,
        /** Failed. */
        FAIL
    }
}
