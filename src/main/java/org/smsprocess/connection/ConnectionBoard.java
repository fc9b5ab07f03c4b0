// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.List;

/** Shows the connections of this cluster as they are now; threadsafe, never blocks. */
public interface ConnectionBoard {
    /** Sorted by account, then slot. */
    List<ConnectionView> connections();
}
