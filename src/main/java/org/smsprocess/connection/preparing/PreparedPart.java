// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import java.util.List;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.smpp.Submit;

/**
 * A delivery part ready for the wire.
 *
 * @param submits in sending order; the parts of one MT together, last part first, without part 1 where others have to precede it
 * @param longMts the long MT among them, in the same order
 * @param settled messages that won't be sent, with the reason
 */
public record PreparedPart(long partId, List<Submit> submits, List<LongMt> longMts, List<Settlement> settled) {}
