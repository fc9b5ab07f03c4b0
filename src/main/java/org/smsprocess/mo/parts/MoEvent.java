// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import java.util.List;

/** What a handler journals: one event per microbatch, only for concatenated MO. See {@link MoCodec} for the octets. */
public sealed interface MoEvent {
    /** When the handler saw it happen, epoch milliseconds. */
    long atMillis();

    /** Parts of concatenated MO that were not there yet. */
    record PartsReceived(long atMillis, List<Segment> parts) implements MoEvent {}

    /** Groups that waited long enough for their missing parts. */
    record Closed(long atMillis, List<Long> groups) implements MoEvent {}

    /** Groups that are in the inbox: their parts may be forgotten. */
    record Stored(long atMillis, List<Long> groups) implements MoEvent {}
}
