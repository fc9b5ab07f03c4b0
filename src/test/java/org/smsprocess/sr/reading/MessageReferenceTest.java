// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageReferenceTest {
    @Test
    void idsThatFollowOneAnotherHaveDifferentReferences() {
        Set<Integer> ofOnePart = new HashSet<>();
        Set<Integer> ofManyParts = new HashSet<>();
        for (int i = 0; i < 1024; i++) {
            ofOnePart.add(MessageReference.of(77 * 1024 + i));
            ofManyParts.add(MessageReference.of((77L + i) * 1024));
        }
        assertThat(ofOnePart).hasSize(1024);
        assertThat(ofManyParts).hasSize(1024);
    }

    @Test
    void aNumberIsTheSameWithAndWithoutItsPrefixes() {
        assertThat(MessageReference.key("+33600000001", 7))
                .isEqualTo(MessageReference.key("0033600000001", 7))
                .isEqualTo(MessageReference.key("0600000001", 7))
                .isNotEqualTo(MessageReference.key("33600000002", 7))
                .isNotEqualTo(MessageReference.key("33600000001", 8));
    }
}
