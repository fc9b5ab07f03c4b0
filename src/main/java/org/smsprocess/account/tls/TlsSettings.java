// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.smsprocess.settings.Section;

/**
 * TLS of an outgoing connection: SMPP over TLS, and between nodes.
 *
 * @param trustStore CAs that may have signed the other side's certificate; empty: those of the Java runtime
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

    /** Whether the certificate must be made out to the host. */
    public boolean verifiesHostname() {
        return verification == Verification.FULL;
    }

    /**
     * What a connection is opened with; reads the files as they are now, so that a renewed certificate is taken at the next bind.
     *
     * @throws UnusableTlsFile if a file is missing, cannot be read, holds not what it should, or has expired
     */
    public SSLContext context(Clock clock) throws UnusableTlsFile {
        return context(clock, manager -> manager);
    }

    /**
     * As {@link #context(Clock)}.
     *
     * @param around what is put around those who decide about the other side's certificate
     */
    public SSLContext context(Clock clock, UnaryOperator<TrustManager> around) throws UnusableTlsFile {
        TlsFiles files = new TlsFiles(clock);
        KeyStore trusted = trustStore.isPresent() ? files.trusted(trustStore.get()) : null;
        KeyManager[] own = keyStore.isPresent()
                ? keyManagers(files.identity(keyStore.get()), keyStore.get().password())
                : new KeyManager[0];
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            TrustManager[] trust = verification == Verification.SKIP_CERTIFICATE
                    ? new TrustManager[] {new TrustEverybody()}
                    : factory.getTrustManagers();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, Arrays.stream(trust).map(around).toArray(TrustManager[]::new), new SecureRandom());
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new UnusableTlsFile("trust-store", "cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    static KeyManager[] keyManagers(KeyStore keys, String password) throws UnusableTlsFile {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password.toCharArray());
            return factory.getKeyManagers();
        } catch (GeneralSecurityException unusable) {
            throw new UnusableTlsFile("key-store", "does not open with key-store-password", unusable);
        }
    }

    /** Wrong values, and files that cannot be used while it is enabled, are noted in the section. */
    public static TlsSettings from(Section section) {
        TlsSettings settings = new TlsSettings(
                section.flag("enabled"),
                section.choice("verification", Verification.class),
                keyFile(section, "trust-store", "trust-store-password"),
                keyFile(section, "key-store", "key-store-password"));
        if (settings.enabled()) {
            try {
                settings.context(Clock.systemUTC());
            } catch (UnusableTlsFile unusable) {
                section.problem(unusable.key(), String.valueOf(unusable.getMessage()));
            }
        }
        return settings;
    }

    private static Optional<KeyFile> keyFile(Section section, String key, String passwordKey) {
        String password = section.secret(passwordKey, 1024);
        return section.isSet(key)
                ? Optional.of(new KeyFile(Path.of(section.filledText(key, 4096)), password))
                : Optional.empty();
    }
}
