// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

/** The node cannot listen where it should: taken, or no address of this machine. The message says it in one line, with the keys. */
public final class AddressUnusable extends RuntimeException {
    AddressUnusable(String section, String address, Throwable cause) {
        super(section + ".host and port: cannot listen on " + address + ": " + reason(cause), cause);
    }

    /** What the operating system says, which Pekko wraps more than once. */
    private static String reason(Throwable cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }
}
