// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.sql.SQLException;

/**
 * The database cannot be used at the start: not reached, login refused, not migrated. The message says it in one line, with the key to
 * look at.
 */
public final class DatabaseUnusable extends RuntimeException {
    DatabaseUnusable(DatastoreSettings settings, Throwable cause) {
        super(
                "the database " + settings.url() + " cannot be used as \"" + settings.user() + "\": " + reason(cause)
                        + SqlErrors.keyToLookAt(cause)
                                .map(key -> " (sms-process.datastore." + key + ")")
                                .orElse(""),
                cause);
    }

    /** What PostgreSQL or its driver says; what our libraries wrap around it tells no more. */
    static String reason(Throwable cause) {
        Throwable innermost = cause;
        for (Throwable next = cause; next != null; next = next.getCause()) {
            innermost = next instanceof SQLException || !(innermost instanceof SQLException) ? next : innermost;
        }
        String message = String.valueOf(innermost.getMessage()).strip();
        return message.lines().findFirst().orElse(message);
    }
}
