// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.spec.ServedSmsc;
import org.smsprocess.store.TestDatabase;

/** An SMSC for each test, which starts nodes of its own on the class's database, empty before. */
abstract class OwnNodesFixture {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    ServedSmsc smsc;

    @BeforeEach
    void openSmsc() {
        smsc = new ServedSmsc();
        DB.execute("truncate message, delivery, delivery_part, inbox, mo_webhook, cluster_node");
    }

    @AfterEach
    void closeSmsc() {
        smsc.close();
    }

    /**
     * @param process lines of {@code sms-process}
     * @param account lines of the only account
     */
    FileNode node(String process, String account) {
        return new FileNode(DB, directory, process, account(account));
    }

    String account(String lines) {
        return "acme { host = 127.0.0.1, port = %d, source-number = \"1234\"\n%s\n}".formatted(smsc.port(), lines);
    }
}
