// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;

/**
 * Section {@code sms-process.http.tls}: one of two ways to give the server's key, or none for plain HTTP.
 *
 * @param keyStore PKCS#12 file, or empty
 * @param certificate PEM file with the chain, the server's own first, or empty
 * @param privateKey PEM file, PKCS#1 or PKCS#8, not encrypted, or empty
 */
public record TlsSettings(String keyStore, String keyStorePassword, String certificate, String privateKey) {
    static TlsSettings from(Config tls) {
        TlsSettings settings = new TlsSettings(
                tls.getString("key-store"),
                tls.getString("key-store-password"),
                tls.getString("certificate"),
                tls.getString("private-key"));
        if (settings.certificate.isEmpty() != settings.privateKey.isEmpty()) {
            throw new ConfigException.BadValue(
                    tls.getValue("certificate").origin(),
                    "sms-process.http.tls.certificate",
                    "certificate and private-key are set together or not at all");
        }
        if (!settings.keyStore.isEmpty() && !settings.certificate.isEmpty()) {
            throw new ConfigException.BadValue(
                    tls.getValue("key-store").origin(),
                    "sms-process.http.tls.key-store",
                    "either key-store or certificate, not both");
        }
        return settings;
    }

    boolean isEnabled() {
        return !keyStore.isEmpty() || !certificate.isEmpty();
    }

    @Override
    public String toString() {
        return "TlsSettings[" + (isEnabled() ? keyStore + certificate : "off") + "]"; // never the password
    }
}
