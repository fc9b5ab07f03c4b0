// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.store.TestDatabase;

/** A queue with the usual settings on a database of the test class's own, empty before each test. */
public abstract class QueueFixture {
    @RegisterExtension
    public static final TestDatabase DB = new TestDatabase();

    public static TestQueue all;

    @BeforeAll
    public static void open() {
        all = new TestQueue(DB, Map.of());
    }

    @BeforeEach
    public void clean() {
        all.clean();
        all.policy = InDoubtPolicy.RESEND;
    }
}
