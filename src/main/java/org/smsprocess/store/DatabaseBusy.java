// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

/** More work is waiting for a connection than {@code sms-process.datastore.queue-size}: nothing was done, try again later. */
public final class DatabaseBusy extends RuntimeException {
    DatabaseBusy(String message) {
        super(message);
    }
}
