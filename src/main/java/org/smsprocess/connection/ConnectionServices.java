// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.delivery.queue.MtQueue;
import org.smsprocess.mo.MoProtocol;
import org.smsprocess.smpp.SmppConnector;
import org.smsprocess.sr.SrProtocol;
import org.smsprocess.sr.reading.IdNormaliser;
import org.smsprocess.sr.reading.SrReader;
import org.smsprocess.text.ConcatReference;

/**
 * What the connections of one node need from the rest of the process.
 *
 * @param accounts the settings in force now, null when there is no such account
 * @param prepareExecutor bounded pool for templates, encoding and splitting
 * @param nanoTime monotonic, for durations
 * @param clock for dates in the log
 */
public record ConnectionServices(
        Function<String, @Nullable AccountSnapshot> accounts,
        SmppConnector connector,
        MtQueue queue,
        SrRoute sr,
        MoRoute mo,
        Function<AccountSettings, SrReader> readers,
        Function<AccountSettings, IdNormaliser> normalisers,
        WorkAnnouncements work,
        MessageBudget budget,
        Executor prepareExecutor,
        ConcatReference references,
        LiveBoard board,
        LiveSlots liveSlots,
        ClusterSize cluster,
        ConnectionLimits limits,
        LongSupplier nanoTime,
        Clock clock) {

    /** The way to the SR correlators of an account. */
    public interface SrRoute {
        int buckets();

        void tell(String account, int bucket, SrProtocol.Command command);
    }

    /** The way to the MO handlers of an account. */
    public interface MoRoute {
        void tell(String account, String sender, MoProtocol.Command command);
    }

    /** Tells when an account may have new work. */
    public interface WorkAnnouncements {
        /** Ended by closing what is returned. */
        Listening listen(String account, Claimer claimer);

        /** There is more than the claimer who says so can take. */
        void announce(String account);

        /** A bind that can claim parts. Called from any thread; returns at once. */
        interface Claimer {
            /** @return whether it claims now and can take much: no other one need try */
            boolean takes();

            /** Nobody took it alone. */
            void wake();
        }

        /** A subscription. */
        interface Listening extends AutoCloseable {
            @Override
            void close();
        }
    }
}
