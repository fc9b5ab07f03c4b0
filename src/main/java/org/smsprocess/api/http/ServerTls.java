// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.HttpsConnectionContext;
import org.apache.pekko.pki.pem.DERPrivateKeyLoader;
import org.apache.pekko.pki.pem.PEMDecoder;

/** Turns the key files of {@link TlsSettings} into what the server needs. */
public final class ServerTls {
    private ServerTls() {}

    /** @throws IllegalArgumentException naming the file, if a file cannot be read or does not hold what it should */
    public static HttpsConnectionContext context(TlsSettings settings) {
        String source = settings.keyStore().isEmpty() ? settings.certificate() : settings.keyStore();
        try {
            char[] password = settings.keyStorePassword().toCharArray();
            KeyStore keys =
                    settings.keyStore().isEmpty() ? fromPem(settings, password) : fromPkcs12(settings, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, new SecureRandom());
            return ConnectionContext.httpsServer(context);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("sms-process.http.tls: " + source + ": " + e.getMessage(), e);
        }
    }

    private static KeyStore fromPkcs12(TlsSettings settings, char[] password)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(Path.of(settings.keyStore()))) {
            keys.load(file, password);
        }
        return keys;
    }

    private static KeyStore fromPem(TlsSettings settings, char[] password)
            throws IOException, GeneralSecurityException {
        PrivateKey key = privateKey(Files.readString(Path.of(settings.privateKey()), StandardCharsets.US_ASCII));
        Certificate[] chain;
        try (InputStream file = Files.newInputStream(Path.of(settings.certificate()))) {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(file)
                    .toArray(Certificate[]::new);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("api", key, password, chain);
        return keys;
    }

    /** PKCS#1 is RSA by its nature; PKCS#8 says its algorithm inside, where the JDK does not look for us. */
    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        PEMDecoder.DERData der = PEMDecoder.decode(pem);
        if (!der.label().equals("PRIVATE KEY")) {
            return DERPrivateKeyLoader.load(der);
        }
        PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(der.bytes());
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(key);
            } catch (InvalidKeySpecException e) {
                continue; // one of the others, or none
            }
        }
        throw new InvalidKeySpecException("the private key is neither RSA nor EC nor EdDSA");
    }
}
