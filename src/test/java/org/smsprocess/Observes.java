// SPDX-License-Identifier: Apache-2.0
package org.smsprocess;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The settings whose effect a test observes: it gives the key another value and sees the process do another thing. That a key is
 * read is not enough. Keys are written as an account writes them ({@code tls.key-store}), those of the process without
 * {@code sms-process}, those of the simulator with {@code simulator}, fields of a delivery with {@code delivery}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Observes {
    String[] value();
}
