// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.List;
import org.smsprocess.delivery.Settlement;
import org.smsprocess.smpp.Submit;

/**
 * A delivery part ready for the wire.
 *
 * @param submits in sending order; the parts of one MT together, last part first
 * @param settled messages that won't be sent, with the reason
 */
record PreparedPart(long partId, List<Submit> submits, List<Settlement> settled) {}
