// SPDX-License-Identifier: Apache-2.0
/**
 * Parts of MO until they are whole: pure, so that a handler can replay it. By task:
 *
 * <pre>
 * read       SegmentReader makes a Segment, with its Concat, of an MoPart
 * join       Reassembly of Group by MoKey; MoEvent changes it
 * persist    MoCodec
 * known      Fingerprint: the same part, or message, again
 * </pre>
 */
@NullMarked
package org.smsprocess.mo.parts;

import org.jspecify.annotations.NullMarked;
