// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * A client's right to use the API. Only the hash is known here: a leaked settings file opens nothing.
 *
 * @param name for the log
 * @param sha256 of the token's UTF-8 octets, 64 lower-case hexadecimal digits
 */
public record ApiToken(String name, String sha256, Set<Scope> scopes) {
    public ApiToken {
        if (!isHash(sha256)) {
            throw new IllegalArgumentException("must be 64 lower-case hexadecimal digits");
        }
        scopes = Set.copyOf(scopes);
    }

    static boolean isHash(String text) {
        return text.matches("[0-9a-f]{64}");
    }

    boolean isFor(byte[] presentedSha256) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), presentedSha256);
    }

    /** SHA-256 of a token as a client presents it. */
    public static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ApiToken[" + name + " " + scopes + "]"; // a hash is no secret, but nobody needs it in a log
    }
}
