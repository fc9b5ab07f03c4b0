// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.composing;

/** The form in which a number stands in the quarantine: that of the recipients it shall match. */
final class QuarantineNumber {
    private QuarantineNumber() {}

    /**
     * @param sender source_addr as received
     * @param sendFullNumber the account's setting; false: the SMSC knows numbers without the {@code +} that recipients have here
     */
    static String of(String sender, boolean sendFullNumber) {
        String number = sender.strip();
        boolean isBareNumber = !number.isEmpty() && number.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isBareNumber && !sendFullNumber ? "+" + number : number;
    }
}
