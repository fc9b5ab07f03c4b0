// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.smpp.LinkFixture.submit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.smpp.BindFailure.Kind;
import org.smsprocess.smpp.LinkFixture.Pair;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSmsc;
import org.smsprocess.spec.TestCertificate;

/** SMPP over TLS, and the ways in which it does not come about (S34). */
class TlsXIT {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    private final TestCertificate valid = TestCertificate.forAddress(LOOPBACK, TODAY.plusYears(1));
    private final TestCertificate otherName = TestCertificate.forName("smsc.example.com", TODAY.plusYears(1));
    private final TestCertificate expired = TestCertificate.forAddress(LOOPBACK, TODAY.minusDays(2));

    private LinkFixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void worksAsWithoutTls() {
        serve(valid.server(), valid.client(), true);
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        bound.session()
                .send(RawPdu.submitSmResp(bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber(), "id"));

        assertThat(fixture.listener.nextOutcome().providerId()).isEqualTo("id");
        bound.link().close("done");
        assertThat(fixture.listener.whyClosed()).isEqualTo("done");
    }

    @Test
    void carriesALotInBothDirections() {
        serve(valid.server(), valid.client(), true);
        fixture.window = 500;
        Pair bound = fixture.bind();
        bound.link()
                .submit(LongStream.range(0, 2000).mapToObj(LinkFixture::submit).toList());
        for (int i = 0; i < 2000; i++) {
            bound.session()
                    .send(RawPdu.submitSmResp(
                            bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber(), "" + i));
        }
        for (int i = 0; i < 2000; i++) {
            assertThat(fixture.listener.nextOutcome().providerId()).isEqualTo("" + i);
        }
    }

    @Test
    void s34_unknownCa() {
        serve(valid.server(), otherName.client(), true);
        BindFailure failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.TLS);
        assertThat(failure).hasMessageContaining("not signed by a CA that is trusted here");
    }

    @Test
    void s34_expired() {
        serve(expired.server(), expired.client(), true);
        BindFailure failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.TLS);
        assertThat(failure).hasMessageContaining("has expired");
    }

    @Test
    void s34_wrongName() {
        serve(otherName.server(), otherName.client(), true);
        BindFailure failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.TLS);
        assertThat(failure).hasMessageContaining("the certificate is not for 127.0.0.1");
    }

    @Test
    void s34_wrongNameIsFineWithoutHostnameVerification() {
        serve(otherName.server(), otherName.client(), false);

        assertThat(fixture.bind().link().status().windowSize()).isEqualTo(10);
    }

    @Test
    void s34_onlyAnOldProtocolInCommon() {
        serve(valid.server(), valid.client(), true, "TLSv1.1");
        BindFailure failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.TLS);
        assertThat(failure).hasMessageContaining("TLS with 127.0.0.1 failed");
    }

    @Test
    void s26_serverWithoutTls() {
        fixture = new LinkFixture();
        fixture.tls = valid.client();
        BindFailure failure = fixture.bindFailure(session -> session.send(RawPdu.response(0, 2, 0)));

        assertThat(failure.kind()).isEqualTo(Kind.TLS);
        assertThat(failure).hasMessageContaining("not an SSL/TLS record");
    }

    @Test
    void s26_serverWithoutTlsThatSaysNothing() {
        fixture = new LinkFixture();
        fixture.tls = valid.client();
        fixture.bindTimeout = Duration.ofSeconds(1);
        BindFailure failure = fixture.bindFailure(session -> {});

        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure).hasMessageContaining("does the SMSC speak TLS");
    }

    @Test
    void s26_clientWithoutTlsAtATlsPort() {
        serve(valid.server(), null, false);
        BindFailure failure = failure();

        assertThat(failure.kind()).isIn(Kind.NOT_SMPP, Kind.UNREACHABLE); // some servers send an alert, some just close
    }

    /** Binds while the SMSC tries its handshake. */
    private BindFailure failure() {
        CompletableFuture<SmppLink> bound =
                fixture.connector.bind(fixture.settings(), fixture.listener).toCompletableFuture();
        Thread smsc = new Thread(() -> {
            try (var session = fixture.smsc.accept()) {
                session.read();
            } catch (RuntimeException handshakeFailed) {
                // as it should
            }
        });
        smsc.start();
        return LinkFixture.failureOf(bound);
    }

    private void serve(SSLContext server, SSLContext client, boolean verifyHostname, String... protocols) {
        fixture = new LinkFixture(new RawSmsc(sockets(server, protocols)), LinkFixture.LIMITS);
        fixture.tls = client;
        fixture.verifyHostname = verifyHostname;
    }

    private static ServerSocketFactory sockets(SSLContext context, String... protocols) {
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return createServerSocket(port, 1, InetAddress.getLoopbackAddress());
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                var socket =
                        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(port, backlog, address);
                if (protocols.length > 0) {
                    socket.setEnabledProtocols(protocols);
                }
                return socket;
            }
        };
    }
}
