// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.spec.ServedSmsc;
import org.smsprocess.store.TestDatabase;

/** One node, one SMSC and a database for all tests of a class; each test begins with a bound connection and nothing submitted. */
abstract class NodeFixture {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    static Path directory;

    static ServedSmsc smsc;
    static FileNode node;

    @BeforeAll
    static void openSmsc() {
        smsc = new ServedSmsc();
    }

    /**
     * To be called before all tests.
     *
     * @param process lines of {@code sms-process}
     * @param account {@code acme { … }}, which binds once to {@link #smsc}
     */
    static void start(String process, String account) {
        node = new FileNode(DB, directory, process, account);
    }

    @AfterAll
    static void stop() {
        node.close();
        smsc.close();
    }

    @BeforeEach
    void bound() {
        await().atMost(PATIENCE).until(() -> smsc.bound() == 1);
        smsc.submitted.clear();
    }
}
