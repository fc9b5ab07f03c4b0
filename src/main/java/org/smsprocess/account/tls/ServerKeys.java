// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import org.smsprocess.account.tls.TlsSettings.KeyFile;

/** What a server of ours shows to its clients, whom it asks for no certificate. An expired one is their affair: they refuse it. */
public final class ServerKeys {
    private ServerKeys() {}

    /**
     * @param keys PKCS#12, whatever its name
     * @throws UnusableTlsFile if it cannot be read or does not open with its password
     */
    public static SSLContext of(KeyFile keys) throws UnusableTlsFile {
        return context(TlsFiles.server(keys), keys.password());
    }

    /**
     * @param certificate PEM, the server's own first, then its chain
     * @param privateKey PEM, PKCS#8 or PKCS#1, not encrypted
     * @throws UnusableTlsFile if one of them cannot be read or does not hold what it should
     */
    public static SSLContext of(Path certificate, Path privateKey) throws UnusableTlsFile {
        return context(TlsFiles.server(certificate, privateKey), "");
    }

    private static SSLContext context(KeyStore keys, String password) throws UnusableTlsFile {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(TlsSettings.keyManagers(keys, password), null, new SecureRandom());
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new UnusableTlsFile("key-store", "cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
