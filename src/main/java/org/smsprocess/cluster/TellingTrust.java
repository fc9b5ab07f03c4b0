// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides as another one does, and tells whose certificate was refused: Pekko alone tells nothing on the side that listens. */
final class TellingTrust extends X509ExtendedTrustManager {
    private static final Logger LOG = LoggerFactory.getLogger(TellingTrust.class);

    private final X509ExtendedTrustManager judge;

    private TellingTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    static TrustManager around(TrustManager manager) {
        return manager instanceof X509ExtendedTrustManager judge ? new TellingTrust(judge) : manager;
    }

    private interface Judgement {
        void pass() throws CertificateException;
    }

    private static void told(X509Certificate[] chain, String where, Judgement judgement) throws CertificateException {
        try {
            judgement.pass();
        } catch (CertificateException refused) {
            LOG.warn(
                    "A node {} shows the certificate of {}, signed by {}, and is not let in: {}",
                    where,
                    chain[0].getSubjectX500Principal(),
                    chain[0].getIssuerX500Principal(),
                    refused.getMessage());
            throw refused;
        }
    }

    private static String at(SSLEngine engine) {
        return "at " + engine.getPeerHost() + ":" + engine.getPeerPort();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        // the peer of a listening engine is not known: Pekko names our own address
        told(chain, "that wants to connect", () -> judge.checkClientTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        told(chain, at(engine), () -> judge.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        judge.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        judge.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge.checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge.checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate
                [0]; // asked for one of these, a stranger would show nothing, and nobody could tell who it is
    }
}
