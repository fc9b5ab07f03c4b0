// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import java.util.List;

/**
 * A text changed so that a wire form holds it.
 *
 * @param text the changed text; meaningless if something was hopeless
 * @param hopeless index in the original text of the first character that nothing stands for, or -1
 */
record Approximation(String text, List<Replacement> replacements, int hopeless) {
    boolean isComplete() {
        return hopeless < 0;
    }
}
