// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server certificate and the CA that signed it, encoded by hand (RFC 5280 §4.1), for the JDK offers no way to make one. */
public final class TestCertificate {
    private static final char[] SECRET = "changeit".toCharArray();
    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final byte[] CA_BASIC_CONSTRAINTS = Der.sequence(
            Der.oid(0x55, 0x1D, 0x13),
            Der.tagged(0x01, new byte[] {-1}),
            Der.tagged(0x04, Der.sequence(Der.tagged(0x01, new byte[] {-1}))));

    private final Certificate ca;
    private final Certificate server;
    private final KeyPair serverKeys;

    private TestCertificate(Certificate ca, Certificate server, KeyPair serverKeys) {
        this.ca = ca;
        this.server = server;
        this.serverKeys = serverKeys;
    }

    /** @param lastDay of its validity */
    public static TestCertificate forAddress(byte[] ipAddress, LocalDate lastDay) {
        return create(Der.tagged(0x87, ipAddress), lastDay);
    }

    /** @param lastDay of its validity */
    public static TestCertificate forName(String dnsName, LocalDate lastDay) {
        return create(Der.tagged(0x82, dnsName.getBytes(US_ASCII)), lastDay);
    }

    private static TestCertificate create(byte[] generalName, LocalDate lastDay) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair caKeys = generator.generateKeyPair();
            KeyPair serverKeys = generator.generateKeyPair();
            String caName = "ca " + caKeys.hashCode();
            byte[] subjectAltName =
                    Der.sequence(Der.oid(0x55, 0x1D, 0x11), Der.tagged(0x04, Der.sequence(generalName)));
            return new TestCertificate(
                    sign(caName, caName, caKeys, CA_BASIC_CONSTRAINTS, lastDay.plusYears(1), caKeys),
                    sign("smsc", caName, serverKeys, subjectAltName, lastDay, caKeys),
                    serverKeys);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The CA as a PEM file holds it (RFC 7468). */
    public String caPem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(ca.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Of a server that has this certificate. */
    public SSLContext server() {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("smsc", serverKeys.getPrivate(), SECRET, new Certificate[] {server, ca});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, SECRET);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Of a client that trusts this CA and no other. */
    public SSLContext client() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("ca", ca);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return store;
    }

    private static Certificate sign(
            String subject, String issuer, KeyPair subjectKeys, byte[] extension, LocalDate lastDay, KeyPair issuerKeys)
            throws GeneralSecurityException {
        byte[] toBeSigned = Der.sequence(
                Der.tagged(0xA0, Der.integer(2)), // version 3
                Der.integer(1), // serialNumber
                ECDSA_WITH_SHA256,
                name(issuer),
                Der.sequence(time(lastDay.minusYears(2)), time(lastDay)),
                name(subject),
                subjectKeys.getPublic().getEncoded(), // SubjectPublicKeyInfo
                Der.tagged(0xA3, Der.sequence(extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKeys.getPrivate());
        signature.update(toBeSigned);
        byte[] certificate = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bitString(signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] name(String commonName) {
        byte[] attribute = Der.sequence(Der.oid(0x55, 0x04, 0x03), Der.tagged(0x0C, commonName.getBytes(US_ASCII)));
        return Der.sequence(Der.tagged(0x31, attribute));
    }

    private static byte[] time(LocalDate day) {
        String text = day.atStartOfDay(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'"));
        return Der.tagged(0x17, text.getBytes(US_ASCII));
    }
}
