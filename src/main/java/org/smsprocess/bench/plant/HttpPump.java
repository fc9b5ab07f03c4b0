// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * One keep-alive HTTP/1.1 connection that posts JSON and reads what comes back. As little as that takes, so that the driver leaves the
 * machine to what is measured.
 */
public final class HttpPump implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int SILENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String authorization;
    private final StringBuilder line = new StringBuilder();
    private byte[] request = new byte[BUFFER];

    public HttpPump(int port) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SILENCE_MILLIS, "");
    }

    /**
     * @param patienceMillis for the connection and for each answer
     * @param token empty: none
     */
    public HttpPump(InetSocketAddress server, int patienceMillis, String token) throws IOException {
        authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        socket = new Socket();
        socket.connect(server, patienceMillis);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /** @return the HTTP status; the body is read and dropped */
    public int post(String path, String body) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + authorization
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        int length = head.length() + body.length();
        if (request.length < length) {
            request = new byte[length * 2];
        }
        ascii(head, 0);
        ascii(body, head.length());
        out.write(request, 0, length);
        return answer();
    }

    /** Only ASCII is sent, so a character is an octet. */
    @SuppressWarnings("deprecation") // drops the upper octets, which are 0, and is the quickest way
    private void ascii(String text, int at) {
        text.getBytes(0, text.length(), request, at);
    }

    private int answer() throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine, 9, 12, 10);
        long length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(header.substring(15).trim());
            } else if (header.regionMatches(true, 0, "transfer-encoding:", 0, 18)) {
                throw new IOException("a chunked answer is not expected: " + header);
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private String line() throws IOException {
        line.setLength(0);
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the node closed the connection");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
