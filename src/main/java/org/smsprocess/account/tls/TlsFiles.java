// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.pki.pem.DERPrivateKeyLoader;
import org.apache.pekko.pki.pem.PEMDecoder.DERData;
import org.apache.pekko.pki.pem.PEMLoadingException;
import org.smsprocess.account.tls.TlsSettings.KeyFile;

/** Reads certificates and keys from PKCS#12 and PEM files (RFC 7468), and says clearly what is wrong with one. */
final class TlsFiles {
    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";

    private final Clock clock;

    TlsFiles(Clock clock) {
        this.clock = clock;
    }

    /** CAs to trust; at least one of them is valid now. */
    KeyStore trusted(KeyFile file) throws UnusableTlsFile {
        String key = "trust-store";
        return reading(key, () -> {
            KeyStore store = isPkcs12(file.path()) ? pkcs12(file) : trustedPem(file.path());
            List<X509Certificate> certificates = certificates(store);
            if (certificates.isEmpty()) {
                // openssl leaves out the attribute by which Java knows a trusted certificate
                throw new UnusableTlsFile(
                        key,
                        "holds no trusted certificate (make it with keytool -importcert, or give a PEM file)",
                        null);
            }
            if (certificates.stream().noneMatch(this::isValidNow)) {
                throw new UnusableTlsFile(key, "holds no certificate that is valid now: " + lives(certificates), null);
            }
            return store;
        });
    }

    /** Our certificate, valid now, its chain and its private key. */
    KeyStore identity(KeyFile file) throws UnusableTlsFile {
        String key = "key-store";
        return reading(key, () -> {
            KeyStore store = isPkcs12(file.path()) ? pkcs12(file) : identityPem(key, file);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate own) {
                    if (!isValidNow(own)) {
                        throw new UnusableTlsFile(key, "is not valid now: " + lives(List.of(own)), null);
                    }
                    return store;
                }
            }
            throw new UnusableTlsFile(key, "holds no private key with a certificate", null);
        });
    }

    /** A server's certificate, its chain and its private key, whether valid now or not. */
    static KeyStore server(KeyFile pkcs12) throws UnusableTlsFile {
        return reading("key-store", () -> pkcs12(pkcs12));
    }

    /** As {@link #server(KeyFile)}, of two PEM files; the key is PKCS#8 or PKCS#1. It has no password in the store. */
    static KeyStore server(Path certificate, Path privateKey) throws UnusableTlsFile {
        Certificate[] chain =
                reading("certificate", () -> certificates(certificate).toArray(Certificate[]::new));
        if (chain.length == 0) {
            throw new UnusableTlsFile("certificate", "holds no certificate", null);
        }
        return reading("private-key", () -> {
            List<byte[]> pkcs8 = blocks(privateKey, PKCS8);
            List<byte[]> pkcs1 = blocks(privateKey, PKCS1);
            if (pkcs8.isEmpty() && pkcs1.isEmpty()) {
                throw new UnusableTlsFile("private-key", "holds no PKCS#8 and no PKCS#1 key", null);
            }
            KeyStore store = empty();
            PrivateKey key = pkcs8.isEmpty() ? privateKeyPkcs1(pkcs1.get(0)) : privateKey(pkcs8.get(0));
            store.setKeyEntry("server", key, new char[0], chain);
            return store;
        });
    }

    private interface Reading<T> {
        T read() throws IOException, GeneralSecurityException, UnusableTlsFile;
    }

    private static <T> T reading(String key, Reading<T> reading) throws UnusableTlsFile {
        try {
            return reading.read();
        } catch (NoSuchFileException missing) {
            throw new UnusableTlsFile(key, "does not exist", missing);
        } catch (AccessDeniedException denied) {
            throw new UnusableTlsFile(key, "cannot be read: permission denied", denied);
        } catch (IOException unreadable) {
            boolean isPassword = unreadable.getCause() instanceof UnrecoverableKeyException;
            String message = unreadable.getMessage() == null ? "it ends too soon" : unreadable.getMessage();
            String why = isPassword ? "does not open with " + key + "-password" : "cannot be read: " + message;
            throw new UnusableTlsFile(key, why, unreadable);
        } catch (GeneralSecurityException | IllegalArgumentException malformed) { // the latter: no base64 in a PEM file
            throw new UnusableTlsFile(key, "cannot be used: " + malformed.getMessage(), malformed);
        }
    }

    private static boolean isPkcs12(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".p12") || name.endsWith(".pfx");
    }

    private static KeyStore pkcs12(KeyFile file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(
                new ByteArrayInputStream(Files.readAllBytes(file.path())),
                file.password().toCharArray());
        return store;
    }

    private static KeyStore trustedPem(Path path) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        for (Certificate certificate : certificates(path)) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return store;
    }

    private static KeyStore identityPem(String key, KeyFile file)
            throws IOException, GeneralSecurityException, UnusableTlsFile {
        List<byte[]> keys = blocks(file.path(), PKCS8);
        if (keys.isEmpty()) {
            throw new UnusableTlsFile(
                    key,
                    "holds no PKCS#8 key (BEGIN PRIVATE KEY); openssl pkcs8 -topk8 -nocrypt makes one of another kind",
                    null);
        }
        Certificate[] chain = certificates(file.path()).toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new UnusableTlsFile(key, "holds no certificate", null);
        }
        KeyStore store = empty();
        store.setKeyEntry("own", privateKey(keys.get(0)), file.password().toCharArray(), chain);
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** The algorithm stands inside the key, where the JDK does not look for us. */
    private static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException another) {
                continue;
            }
        }
        throw new InvalidKeySpecException("the private key is neither RSA nor EC nor EdDSA");
    }

    private static PrivateKey privateKeyPkcs1(byte[] pkcs1) throws GeneralSecurityException {
        try {
            return DERPrivateKeyLoader.load(new DERData(PKCS1, pkcs1));
        } catch (PEMLoadingException malformed) {
            throw new InvalidKeySpecException("the private key is no RSA key", malformed);
        }
    }

    private static List<Certificate> certificates(Path path) throws IOException, GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> certificates = new ArrayList<>();
        for (byte[] der : blocks(path, CERTIFICATE)) {
            certificates.add(factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        return certificates;
    }

    private static List<byte[]> blocks(Path path, String label) throws IOException {
        String text = new String(Files.readAllBytes(path), StandardCharsets.US_ASCII);
        List<byte[]> blocks = new ArrayList<>();
        for (Matcher matcher = PEM.matcher(text); matcher.find(); ) {
            if (matcher.group(1).equals(label)) {
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
            }
        }
        return blocks;
    }

    private static List<X509Certificate> certificates(KeyStore store) throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                certificates.add(certificate);
            }
        }
        return certificates;
    }

    private boolean isValidNow(X509Certificate certificate) {
        Instant now = clock.instant();
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private static String lives(List<X509Certificate> certificates) {
        X509Certificate first = certificates.get(0);
        return first.getSubjectX500Principal().getName() + " is valid from "
                + first.getNotBefore().toInstant() + " to "
                + first.getNotAfter().toInstant();
    }
}
