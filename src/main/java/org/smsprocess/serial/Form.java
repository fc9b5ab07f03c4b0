// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.serial;

import java.util.function.Function;

/**
 * How objects of one class are written and read.
 *
 * @param manifest stands beside the octets, in journals for ever: a changed form gets a new one, and the old one stays readable
 */
public record Form<T>(String manifest, Class<T> type, Function<T, byte[]> write, Function<byte[], T> read) {
    /** Of a message without content. */
    public static <T> Form<T> empty(String manifest, Class<T> type, T only) {
        return new Form<>(manifest, type, message -> new byte[0], octets -> only);
    }

    byte[] octets(Object object) {
        return write.apply(type.cast(object));
    }
}
