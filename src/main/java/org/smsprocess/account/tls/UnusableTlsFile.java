// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account.tls;

import org.jspecify.annotations.Nullable;

/** A file of certificates or keys cannot be used; the message says why, in words for the operator. */
public final class UnusableTlsFile extends Exception {
    private final String key;

    UnusableTlsFile(String key, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.key = key;
    }

    /** The setting that names the file: {@code trust-store}, {@code key-store}, or a server's {@code certificate} or {@code private-key}. */
    public String key() {
        return key;
    }
}
