// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * The database cannot be used at the start: not reached, login refused, not migrated. The message says it in one line, with the key to
 * look at.
 */
public final class DatabaseUnusable extends RuntimeException {
    private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&\\s]+");

    DatabaseUnusable(DatastoreSettings settings, Throwable cause) {
        super(
                "the database " + shown(settings.url()) + " cannot be used as \"" + settings.user() + "\": "
                        + reason(cause)
                        + SqlErrors.keyToLookAt(cause)
                                .map(key -> " (sms-process.datastore." + key + ")")
                                .orElse(""),
                cause);
    }

    /** A URL may have a parameter password, which is for nobody's log. */
    static String shown(String text) {
        return PASSWORD.matcher(text).replaceAll("$1…");
    }

    /** What PostgreSQL or its driver says; what our libraries wrap around it tells no more. */
    static String reason(Throwable cause) {
        Throwable innermost = cause;
        for (Throwable next = cause; next != null; next = next.getCause()) {
            innermost = next instanceof SQLException || !(innermost instanceof SQLException) ? next : innermost;
        }
        if (innermost.getCause() instanceof UnknownHostException host) {
            return "unknown host " + host.getMessage();
        }
        String message = String.valueOf(innermost.getMessage()).strip();
        return shown(message.lines().findFirst().orElse(message));
    }
}
