// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where handlers put MO. */
public interface InboxWriter {

    /** What became of an MO. */
    enum Outcome {
        STORED,
        /** It is there already; nothing was done. */
        DUPLICATE,
        /** The database will never take it. */
        REFUSED
    }

    /** @return completes after commit, with an outcome for each in its order; fails when nothing can be said of any of them */
    CompletionStage<List<Outcome>> write(List<NewMo> news);
}
