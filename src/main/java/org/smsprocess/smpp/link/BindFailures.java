// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import com.cloudhopper.smpp.SmppConstants;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.smsprocess.smpp.BindFailure;
import org.smsprocess.smpp.BindFailure.Kind;
import org.smsprocess.smpp.CommandStatus;

/** Puts a failed bind into words that say what to do about it. */
final class BindFailures {
    private BindFailures() {}

    /** The SMSC answered, and not with ESME_ROK. */
    static BindFailure refused(String answer, int commandStatus) {
        Kind kind = switch (commandStatus) {
            case CommandStatus.ESME_RBINDFAIL, CommandStatus.ESME_RINVPASWD, CommandStatus.ESME_RINVSYSID ->
                Kind.CREDENTIALS;
            case CommandStatus.ESME_RALYBND -> Kind.ALREADY_BOUND;
            default -> Kind.REFUSED;
        };
        String name = SmppConstants.STATUS_MESSAGE_MAP.get(commandStatus);
        String message = answer + " with command_status " + CommandStatus.hex(commandStatus)
                + (name == null ? "" : " (" + name + ")");
        return new BindFailure(kind, commandStatus, message, null);
    }

    /** TLS did not come about. */
    static BindFailure tls(String host, Throwable failure) {
        String message = "TLS with " + host + " failed: " + tlsReason(host, failure);
        return new BindFailure(Kind.TLS, 0, message, failure);
    }

    private static String tlsReason(String host, Throwable failure) {
        boolean untrusted = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the certificate has expired (" + cause.getMessage() + ")";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the certificate is not valid yet (" + cause.getMessage() + ")";
            }
            untrusted |= cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException;
        }
        Throwable last = lastCause(failure);
        if (untrusted) {
            return "the certificate is not signed by a CA that is trusted here, see tls.trust-store ("
                    + last.getMessage() + ")";
        }
        if (last instanceof CertificateException) {
            return "the certificate is not for " + host + " (" + last.getMessage() + ")";
        }
        return messageOf(last);
    }

    static String messageOf(Throwable failure) {
        Throwable last = lastCause(failure);
        return last.getMessage() == null ? last.toString() : last.getMessage();
    }

    private static Throwable lastCause(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return last;
    }
}
