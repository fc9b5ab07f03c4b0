// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import it.unimi.dsi.fastutil.longs.Long2ObjectLinkedOpenHashMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.smsprocess.simulator.settings.FinalState;
import org.smsprocess.simulator.settings.MessageState;
import org.smsprocess.smpp.CommandStatus;

/**
 * The last accepted messages with the state they are in, which query_sm asks for and cancel_sm changes (SMPP 3.4 §4.8, §4.9). A message
 * is ENROUTE until the time of its SR, whether one is sent or not. Confined to the simulator's thread.
 */
final class KnownMessages {
    private static final DateTimeFormatter FINAL_DATE =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'000+'").withZone(ZoneOffset.UTC);

    /** What query_sm_resp says. @param finalDate absolute time (§7.1.1), empty while it is not final */
    record Answer(int status, String finalDate, int messageState, int errorCode) {}

    private static final class Known {
        private final byte[] source;
        private final @Nullable SrDelivery sr;
        private FinalState state;
        private long finalAt;

        Known(byte[] source, @Nullable SrDelivery sr, FinalState state, long finalAt) {
            this.source = source;
            this.sr = sr;
            this.state = state;
            this.finalAt = finalAt;
        }
    }

    private final Long2ObjectLinkedOpenHashMap<Known> byId = new Long2ObjectLinkedOpenHashMap<>();
    private final Smsc smsc;
    private final int limit;
    private long queries;
    private long cancels;
    private long cancelled;

    KnownMessages(Smsc smsc, int limit) {
        this.smsc = smsc;
        this.limit = limit;
    }

    /** @param finalAt when it will be in this state, as {@code System.nanoTime} */
    void add(SubmitSm submit, long id, FinalState state, @Nullable SrDelivery sr, long finalAt) {
        if (limit == 0) {
            return;
        }
        if (byId.size() >= limit) {
            byId.removeFirst();
        }
        byte[] source = Arrays.copyOfRange(submit.octets, submit.sourceAt, submit.sourceAt + submit.sourceLength);
        byId.put(id, new Known(source, sr, state, finalAt));
    }

    /** @param source TON, NPI and source_addr with its NUL, as in submit_sm */
    Answer query(String messageId, byte[] source) {
        queries++;
        Known message = find(messageId);
        if (message == null) {
            return new Answer(CommandStatus.ESME_RINVMSGID, "", 0, 0);
        }
        if (!Arrays.equals(message.source, source)) {
            return new Answer(CommandStatus.ESME_RQUERYFAIL, "", 0, 0);
        }
        if (message.finalAt > smsc.now()) {
            return new Answer(CommandStatus.ESME_ROK, "", MessageState.ENROUTE.code, 0);
        }
        Instant at = Instant.now().minusNanos(smsc.now() - message.finalAt);
        return new Answer(
                CommandStatus.ESME_ROK,
                FINAL_DATE.format(at),
                message.state.state().code,
                message.state.networkError() & 0xFF);
    }

    /** A message that is on its way ends as DELETED, and so says the SR that it was to have. */
    int cancel(String messageId, byte[] source) {
        cancels++;
        Known message = find(messageId);
        if (message == null) {
            return CommandStatus.ESME_RINVMSGID;
        }
        if (!Arrays.equals(message.source, source) || message.finalAt <= smsc.now()) {
            return CommandStatus.ESME_RCANCELFAIL;
        }
        message.state = FinalState.of(MessageState.DELETED, "000");
        message.finalAt = smsc.now();
        if (message.sr != null) {
            message.sr.change(message.state);
        }
        cancelled++;
        return CommandStatus.ESME_ROK;
    }

    Stats.Requests snapshot() {
        return new Stats.Requests(queries, cancels, cancelled, byId.size());
    }

    void resetStats() {
        queries = 0;
        cancels = 0;
        cancelled = 0;
    }

    private @Nullable Known find(String messageId) {
        long id = smsc.ids().parse(messageId);
        if (id >= 0) {
            return byId.get(id);
        }
        // an id that cannot be read back (uuid): they are few that ask
        for (long candidate : byId.keySet()) {
            if (smsc.ids().answer(candidate).equals(messageId)) {
                return byId.get(candidate);
            }
        }
        return null;
    }

    /** The address at {@code at}, from its TON to its NUL; empty when it is cut short. */
    static byte[] address(byte[] octets, int at, int end) {
        int nul = at + 2;
        while (nul < end && octets[nul] != 0) {
            nul++;
        }
        return nul < end ? Arrays.copyOfRange(octets, at, nul + 1) : new byte[0];
    }

    static String cString(byte[] octets, int at, int end) {
        int nul = at;
        while (nul < end && octets[nul] != 0) {
            nul++;
        }
        return new String(octets, at, nul - at, StandardCharsets.ISO_8859_1);
    }
}
