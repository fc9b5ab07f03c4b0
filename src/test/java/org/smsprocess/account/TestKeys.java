// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Key files made by the JDK's keytool; every password is "changeit". */
public final class TestKeys {
    public static final String PASSWORD = "changeit";
    private final Path directory;

    public TestKeys(Path directory) {
        this.directory = directory;
    }

    /** A PKCS#12 file with a key and its self-signed certificate. */
    public Path identity(String name, String host, String... more) throws IOException {
        Path file = directory.resolve(name + ".p12");
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + host));
        arguments.addAll(List.of(more));
        keytool(file, arguments);
        return file;
    }

    /** The certificate of an identity, as PEM. */
    public Path certificate(Path identity) throws IOException, GeneralSecurityException {
        return write(
                identity,
                ".pem",
                pem("CERTIFICATE", load(identity).getCertificate("own").getEncoded()));
    }

    /** Key and certificate of an identity, as PEM. */
    public Path both(Path identity) throws IOException, GeneralSecurityException {
        KeyStore store = load(identity);
        return write(
                identity,
                "-both.pem",
                pem("PRIVATE KEY", store.getKey("own", PASSWORD.toCharArray()).getEncoded())
                        + pem("CERTIFICATE", store.getCertificate("own").getEncoded()));
    }

    /** A PKCS#12 file that trusts the certificate of an identity. */
    public Path trusting(Path identity) throws IOException, GeneralSecurityException {
        Path certificate = certificate(identity);
        Path file = directory.resolve("trusting-" + identity.getFileName());
        keytool(file, List.of("-importcert", "-noprompt", "-alias", "ca", "-file", certificate.toString()));
        return file;
    }

    public static KeyStore load(Path identity) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Files.readAllBytes(identity)), PASSWORD.toCharArray());
        return store;
    }

    private static Path write(Path identity, String suffix, String text) throws IOException {
        return Files.writeString(identity.resolveSibling(identity.getFileName() + suffix), text);
    }

    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static void keytool(Path file, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(output);
        }
    }
}
