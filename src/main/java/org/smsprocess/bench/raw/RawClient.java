// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.raw;

/** Sends SUBMIT_SM to an SMSC as fast as its window lets it, from when it was made until it is closed. */
interface RawClient extends AutoCloseable {
    /** SUBMIT_SM_RESP so far. */
    long answered();

    @Override
    void close();

    /** Makes one. */
    @FunctionalInterface
    interface Maker {
        RawClient make(RawTarget target);
    }
}
