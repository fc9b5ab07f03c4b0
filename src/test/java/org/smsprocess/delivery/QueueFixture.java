// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.store.TestDatabase;

/** A queue with the usual settings on a database of the test class's own, empty before each test. */
abstract class QueueFixture {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    static TestQueue all;

    @BeforeAll
    static void open() {
        all = new TestQueue(DB, Map.of());
    }

    @BeforeEach
    void clean() {
        all.clean();
        all.policy = InDoubtPolicy.RESEND;
    }
}
