// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

/** What an error in SUBMIT_SM_RESP leads to. */
public enum ErrorClass {
    /** The message goes to a retry part, due after part-retry-delay; a retry is spent. */
    RETRY,
    /** The connection slows down; the message keeps its place and no retry is spent. */
    THROTTLE,
    /** The message has failed. */
    FAIL,
    /** The session is of no use: bind again; no retry is spent. */
    RECONNECT
}
