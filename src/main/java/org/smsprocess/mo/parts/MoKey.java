// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import org.smsprocess.smpp.SmppAddress;

/** What the parts of one concatenated MO have in common; the account is the handler's. Phones reuse references. */
record MoKey(String source, String destination, int reference, int width, int total) {

    static MoKey of(SmppAddress source, SmppAddress destination, Concat concat) {
        return new MoKey(source.number(), destination.number(), concat.reference(), concat.width(), concat.total());
    }
}
