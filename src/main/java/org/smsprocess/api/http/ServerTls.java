// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.HttpsConnectionContext;
import org.smsprocess.account.tls.ServerKeys;
import org.smsprocess.account.tls.TlsSettings.KeyFile;
import org.smsprocess.account.tls.UnusableTlsFile;

/** Turns the key files of {@link TlsSettings} into what the server needs. */
public final class ServerTls {
    private ServerTls() {}

    /** @throws IllegalArgumentException naming the file, if a file cannot be read or does not hold what it should */
    public static HttpsConnectionContext context(TlsSettings settings) {
        try {
            return ConnectionContext.httpsServer(keys(settings));
        } catch (UnusableTlsFile unusable) {
            String file = switch (unusable.key()) {
                case "certificate" -> settings.certificate();
                case "private-key" -> settings.privateKey();
                default -> settings.keyStore();
            };
            throw new IllegalArgumentException(
                    "sms-process.http.tls." + unusable.key() + " = " + file + " " + unusable.getMessage(), unusable);
        }
    }

    static SSLContext keys(TlsSettings settings) throws UnusableTlsFile {
        return settings.keyStore().isEmpty()
                ? ServerKeys.of(Path.of(settings.certificate()), Path.of(settings.privateKey()))
                : ServerKeys.of(new KeyFile(Path.of(settings.keyStore()), settings.keyStorePassword()));
    }
}
