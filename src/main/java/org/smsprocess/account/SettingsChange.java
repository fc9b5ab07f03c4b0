// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What new settings of an account ask of its connections; what is in no effect applies to the next message by itself. */
public record SettingsChange(Set<Effect> effects) {
    /** From the least to the most that has to be done. */
    public enum Effect {
        /** Window, rate or traces of each bound connection. */
        LIMITS,
        /** Connections drain, unbind and bind again: the SMSC, TLS, or what a session is given at its bind. */
        REBIND,
        /** Slots come or go: how many, on which nodes, or the account is switched on or off. */
        SLOTS
    }

    public SettingsChange {
        EnumSet<Effect> copy = EnumSet.noneOf(Effect.class);
        copy.addAll(effects);
        effects = Collections.unmodifiableSet(copy);
    }

    public boolean needs(Effect effect) {
        return effects.contains(effect);
    }

    /** For the log. */
    String inWords() {
        List<String> words = new ArrayList<>();
        if (needs(Effect.SLOTS)) {
            words.add("connections come or go");
        }
        if (needs(Effect.REBIND)) {
            words.add("connections bind again");
        }
        return words.isEmpty() ? "in force at once" : String.join(", ", words);
    }

    /** What turning one into the other asks for. */
    public static SettingsChange between(AccountSnapshot before, AccountSnapshot after) {
        EnumSet<Effect> effects = EnumSet.noneOf(Effect.class);
        if (before.isConnected() != after.isConnected() || differ(before, after, SettingsChange::slots)) {
            effects.add(Effect.SLOTS);
        }
        if (differ(before, after, SettingsChange::bind)) {
            effects.add(Effect.REBIND);
        }
        if (differ(before, after, SettingsChange::limits)) {
            effects.add(Effect.LIMITS);
        }
        return new SettingsChange(effects);
    }

    private static boolean differ(
            AccountSnapshot before, AccountSnapshot after, Function<AccountSettings, List<Object>> part) {
        return !part.apply(before.settings()).equals(part.apply(after.settings()));
    }

    private static List<Object> slots(AccountSettings settings) {
        BindSettings bind = settings.bind();
        return List.of(bind.childConnections(), bind.connectionScope(), bind.maxNodes());
    }

    private static List<Object> bind(AccountSettings settings) {
        BindSettings bind = settings.bind();
        // of the receiver half only what is used: a change there is none in transceiver mode
        boolean isPair = bind.mode() == BindSettings.Mode.TRANSMITTER_RECEIVER;
        return List.of(
                bind.host(),
                bind.port(),
                bind.systemId(),
                bind.password(),
                bind.systemType(),
                bind.mode(),
                isPair ? bind.receiver() : "none",
                bind.addressRange(),
                bind.tls(),
                settings.throughput().mtExpiration(),
                settings.throughput().enquireLinkPeriod());
    }

    private static List<Object> limits(AccountSettings settings) {
        AccountSettings.Throughput throughput = settings.throughput();
        BindSettings bind = settings.bind();
        return List.of(
                throughput.window(),
                throughput.maxMtThroughput(),
                throughput.maxAccountThroughput(),
                bind.verboseTraces(),
                bind.verboseText());
    }
}
