// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.nio.file.Path;
import java.util.Optional;
import org.smsprocess.settings.Section;

/**
 * SMPP over TLS.
 *
 * @param trustStore CAs that may have signed the SMSC's certificate; empty: those of the Java runtime
 * @param keyStore our certificate and its private key; empty: none is offered
 */
public record TlsSettings(
        boolean enabled, Verification verification, Optional<KeyFile> trustStore, Optional<KeyFile> keyStore) {

    /** How far the SMSC's certificate is checked. */
    public enum Verification {
        /** Signed by a CA we trust, not expired, and made out to the host we connect to. */
        FULL,
        /** As full, whatever host it is made out to. */
        SKIP_HOSTNAME,
        /** Not at all: anybody can be the SMSC. */
        SKIP_CERTIFICATE
    }

    /**
     * A file of certificates or keys.
     *
     * @param path PKCS#12 ({@code .p12}, {@code .pfx}) or PEM (anything else)
     * @param password of the PKCS#12 file; empty: none
     */
    public record KeyFile(Path path, String password) {
        @Override
        public String toString() {
            return path.toString(); // never the password
        }
    }

    static TlsSettings from(Section section) {
        return new TlsSettings(
                section.flag("enabled"),
                section.choice("verification", Verification.class),
                keyFile(section, "trust-store", "trust-store-password"),
                keyFile(section, "key-store", "key-store-password"));
    }

    private static Optional<KeyFile> keyFile(Section section, String key, String passwordKey) {
        String password = section.secret(passwordKey, 1024);
        return section.isSet(key)
                ? Optional.of(new KeyFile(Path.of(section.filledText(key, 4096)), password))
                : Optional.empty();
    }
}
