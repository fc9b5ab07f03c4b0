// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import org.smsprocess.account.tls.UnusableTlsFile;
import org.smsprocess.settings.Section;

/**
 * Section {@code sms-process.http.tls}: one of two ways to give the server's key, or none for plain HTTP.
 *
 * @param keyStore PKCS#12 file, or empty
 * @param certificate PEM file with the chain, the server's own first, or empty
 * @param privateKey PEM file, PKCS#1 or PKCS#8, not encrypted, or empty
 */
public record TlsSettings(String keyStore, String keyStorePassword, String certificate, String privateKey) {
    private static final int MAX_PATH = 4096;

    static TlsSettings read(Section tls) {
        TlsSettings settings = new TlsSettings(
                tls.text("key-store", MAX_PATH),
                tls.secret("key-store-password", 1024),
                tls.text("certificate", MAX_PATH),
                tls.text("private-key", MAX_PATH));
        if (settings.certificate.isEmpty() != settings.privateKey.isEmpty()) {
            tls.note("certificate", "and private-key are set together or not at all");
        }
        if (!settings.keyStore.isEmpty() && !settings.certificate.isEmpty()) {
            tls.note("key-store", "and certificate exclude each other");
        } else if (!settings.keyStore.isEmpty() || !settings.certificate.isEmpty() && !settings.privateKey.isEmpty()) {
            try {
                ServerTls.keys(settings);
            } catch (UnusableTlsFile unusable) {
                tls.problem(unusable.key(), String.valueOf(unusable.getMessage()));
            }
        }
        return settings;
    }

    public boolean isEnabled() {
        return !keyStore.isEmpty() || !certificate.isEmpty();
    }

    @Override
    public String toString() {
        return "TlsSettings[" + (isEnabled() ? keyStore + certificate : "off") + "]"; // never the password
    }
}
