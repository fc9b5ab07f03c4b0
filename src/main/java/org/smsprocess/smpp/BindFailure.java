// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Why a bind did not come about. */
public final class BindFailure extends Exception {
    /** What a caller can do about it. */
    public enum Kind {
        /** No TCP connection, or it broke before BIND_RESP. */
        UNREACHABLE,
        /** No BIND_RESP in time. */
        TIMED_OUT,
        /** The SMSC knows us not: 0x0D, 0x0E, 0x0F. Retrying fast does not help. */
        CREDENTIALS,
        /** 0x05: the SMSC still holds an older session. */
        ALREADY_BOUND,
        /** Any other refusal; see commandStatus. */
        REFUSED,
        /** TLS hand-shake or certificate. */
        TLS,
        /** What answered does not speak SMPP. */
        NOT_SMPP
    }

    private final Kind kind;
    private final int commandStatus;

    /** @param commandStatus of BIND_RESP, or 0 when there was none */
    public BindFailure(Kind kind, int commandStatus, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.commandStatus = commandStatus;
    }

    /** What a failed bind's stage holds; anything that is no BindFailure counts as {@link Kind#UNREACHABLE}. */
    public static BindFailure of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof BindFailure known
                ? known
                : new BindFailure(Kind.UNREACHABLE, 0, cause.toString(), cause);
    }

    public Kind kind() {
        return kind;
    }

    public int commandStatus() {
        return commandStatus;
    }
}
