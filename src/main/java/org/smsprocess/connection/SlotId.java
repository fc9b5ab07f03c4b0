// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.ArrayList;
import java.util.List;
import org.smsprocess.account.AccountSettings;

/**
 * Name of the right to hold one connection: {@code account/sending thread/child connection}, both counted from 0.
 */
public record SlotId(String account, int thread, int child) {
    /** @throws IllegalArgumentException if the text is not of that form */
    public static SlotId parse(String text) {
        int last = text.lastIndexOf('/');
        int middle = last < 0 ? -1 : text.lastIndexOf('/', last - 1);
        if (middle <= 0) {
            throw new IllegalArgumentException("'" + text + "' is no slot (account/thread/child)");
        }
        return new SlotId(
                text.substring(0, middle),
                Integer.parseInt(text.substring(middle + 1, last)),
                Integer.parseInt(text.substring(last + 1)));
    }

    /**
     * All slots of an account, whether it is enabled or not: {@code sending-threads × child-connections}, that many for each node with
     * {@code connection-scope = node}.
     *
     * @param nodes that may hold them
     */
    public static List<SlotId> of(AccountSettings account, int sendingThreads, int nodes) {
        List<SlotId> slots = new ArrayList<>();
        for (int thread = 0; thread < sendingThreads; thread++) {
            for (int child = 0; child < AccountShare.children(account, nodes); child++) {
                slots.add(new SlotId(account.name(), thread, child));
            }
        }
        return slots;
    }

    /** Whether it is one of {@link #of}. */
    public boolean isOf(AccountSettings account, int sendingThreads, int nodes) {
        return thread < sendingThreads && child < AccountShare.children(account, nodes);
    }

    @Override
    public String toString() {
        return account + "/" + thread + "/" + child;
    }
}
