// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.message;

/** Marks small control messages that may cross nodes; bound to jackson-cbor. Batches have serializers of their own. */
public interface CborSerializable {}
