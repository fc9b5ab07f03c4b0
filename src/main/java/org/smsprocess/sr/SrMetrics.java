// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.smsprocess.account.RatioAlarm;

/** Instruments of the correlators on this node, by account. Thread-safe. */
public final class SrMetrics {
    /** What became of an SR. Each is a counter {@code sms.sr.<name>}. */
    enum Kind {
        RECEIVED("SR that reached a correlator"),
        INTERMEDIATE("SR that are not final; acknowledged"),
        MATCHED("final SR that settled an MT"),
        DUPLICATE("final SR of an MT that is already final; acknowledged, no effect"),
        CONTRADICTORY("those among the duplicates that say otherwise than the first"),
        LATER_PART("SR of parts after the first; acknowledged, no effect"),
        WAITED("matched SR that came before their SUBMIT_SM_RESP"),
        BY_REFERENCE("those among the matched that only their user_message_reference told"),
        LATE("matched SR that came more than a day after the MT was sent"),
        UNMATCHED("SR whose id stayed unknown"),
        EXPIRED("MT forgotten after the retention without a final SR"),
        RESENT("final statuses handed to the delivery log once more"),
        IGNORED("mappings of MT ids that cannot be"),
        REFUSED("mappings and SR dropped because too many were pending; their senders try again");

        private final String description;

        Kind(String description) {
            this.description = description;
        }
    }

    private final MeterRegistry registry;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    public SrMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What the correlators on this node know of each account. */
    public Map<String, SrRatio.Reading> ratios() {
        Map<String, SrRatio.Reading> readings = new HashMap<>();
        accounts.forEach((name, account) -> readings.put(name, account.ratio.reading()));
        return readings;
    }

    void passTime(Function<String, Optional<RatioAlarm>> alarms, long nowMillis) {
        accounts.forEach((name, account) -> alarms.apply(name)
                .ifPresentOrElse(
                        alarm -> account.ratio.add(SrSample.Due.NONE, alarm, nowMillis), account.ratio::turnOff));
    }

    Account of(String account) {
        return accounts.computeIfAbsent(account, name -> new Account(registry, name));
    }

    /** The instruments of one account; shared by its correlators. Thread-safe. */
    static final class Account {
        private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);
        private final AtomicLong waiting = new AtomicLong();
        private final AtomicLong entries = new AtomicLong();
        private final AtomicLong unlogged = new AtomicLong();
        private final SrRatio ratio;

        private Account(MeterRegistry registry, String account) {
            Tags tags = Tags.of("account", account);
            ratio = new SrRatio(account);
            for (Kind kind : Kind.values()) {
                String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '.');
                counters.put(
                        kind,
                        Counter.builder("sms.sr." + name)
                                .description(kind.description)
                                .tags(tags)
                                .register(registry));
            }
            registry.gauge("sms.sr.waiting", tags, waiting);
            registry.gauge("sms.sr.entries", tags, entries);
            registry.gauge("sms.sr.unlogged", tags, unlogged);
            Gauge.builder("sms.sr.ratio", ratio, each -> each.reading().share())
                    .description(
                            "share of messages whose final SR came within sr.ratio-alarm.maturity; NaN: none judged")
                    .tags(tags)
                    .register(registry);
            Gauge.builder("sms.sr.ratio.alarm", ratio, each -> each.reading().isAlarm() ? 1 : 0)
                    .description("1 while that share is below sr.ratio-alarm.min-share")
                    .tags(tags)
                    .register(registry);
        }

        SrRatio ratio() {
            return ratio;
        }

        void count(Kind kind, long number) {
            Counter counter = counters.get(kind);
            if (counter != null && number > 0) {
                counter.increment(number);
            }
        }

        Share share() {
            return new Share(this);
        }
    }

    /** One correlator's share in its account's gauges. Confined to its actor. */
    static final class Share {
        private final Account account;
        private int waiting;
        private int entries;
        private int unlogged;

        private Share(Account account) {
            this.account = account;
        }

        void set(int nowWaiting, int nowEntries, int nowUnlogged) {
            account.waiting.addAndGet((long) nowWaiting - waiting);
            account.entries.addAndGet((long) nowEntries - entries);
            account.unlogged.addAndGet((long) nowUnlogged - unlogged);
            waiting = nowWaiting;
            entries = nowEntries;
            unlogged = nowUnlogged;
        }
    }
}
