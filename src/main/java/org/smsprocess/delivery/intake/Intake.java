// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.smsprocess.delivery.DeliverySettings;

/** Accepts messages: what is accepted is committed. Requests that arrive while a commit runs share the next transaction. */
public interface Intake {
    /**
     * @return completes after commit; fails with {@link IntakeFull} when too much waits, or with the database's error
     */
    CompletionStage<Accepted> accept(String account, DeliverySettings settings, List<NewMt> messages);

    /** The ids, in the order of the request. */
    record Accepted(long deliveryId, List<Long> ids) {}

    /** More is waiting than {@code sms-process.intake.max-waiting}: try again later. */
    final class IntakeFull extends RuntimeException {
        public IntakeFull(String message) {
            super(message);
        }
    }
}
