// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.util.Map;

/** Whether this node should be given work; threadsafe, never blocks. */
public interface Readiness {
    /**
     * What is checked, and "ok" or what is wrong with it, in the order to show. Not in it: whether accounts are bound, because a
     * provider's outage is no reason to take nodes out of service.
     */
    Map<String, String> checks();

    /** The value of a check that passes. */
    String OK = "ok";

    default boolean isReady() {
        return checks().values().stream().allMatch(OK::equals);
    }
}
