// SPDX-License-Identifier: Apache-2.0
package org.smsprocess;

/** Entry point of the executable jar. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("sms-process");
    }
}
