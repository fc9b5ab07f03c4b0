// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.Observes;
import org.smsprocess.cluster.BucketCount;
import org.smsprocess.store.TestDatabase;
import picocli.CommandLine;

/** What an operator reads when a node does not start. */
@Timeout(60)
class NodeCommandIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    @Test
    @Observes({"datastore.url", "datastore.user"})
    void aLoginThatTheDatabaseRefusesIsOneLine() throws IOException {
        String err = failureWith("""
                sms-process.datastore { url = "%s", user = stranger, password = wrong }
                """.formatted(DB.settings().url()));

        assertThat(err)
                .contains("the database " + DB.settings().url())
                .contains(
                        "cannot be used as \"stranger\": FATAL: role \"stranger\" does not exist (sms-process.datastore.user)")
                .doesNotContain("\tat ");
        assertThat(err.strip().lines()).hasSize(1);
    }

    @Test
    void everyWrongSettingIsALineOfItsOwnWithItsFile() throws IOException {
        String err = failureWith("""
                sms-process.part-retry-count = 0
                sms-process.update-threads = 65
                sms-process.datastore.pool-size = 201
                sms-process.connection.lease.ttl = 1s
                sms-process.accounts.acme { window = 0 }
                """);

        assertThat(err)
                .contains("node.conf:1: sms-process.part-retry-count = 0 is out of range (1 to 10000)")
                .contains("node.conf:2: sms-process.update-threads = 65 is out of range (1 to 64)")
                .contains("node.conf:3: sms-process.datastore.pool-size = 201 is out of range (0 to 200)")
                .contains("node.conf:4: sms-process.connection.lease.ttl = ")
                .contains("node.conf:5: sms-process.accounts.acme.window = 0 is out of range (1 to 10000)")
                .contains("node.conf:5: sms-process.accounts.acme.host must be set");
        assertThat(err.strip().lines()).hasSize(6);
    }

    @Test
    void anAddressThatIsTakenIsOneLineWithItsKeyAndLeavesNoDatabaseBehind() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String section : List.of("http", "cluster")) {
                String err = failureWith("""
                        sms-process { data-dir = "%s", http.port = 0, %s.port = %d }
                        """.formatted(directory.resolve(section), section, taken.getLocalPort()));

                assertThat(err.strip().lines())
                        .singleElement()
                        .asString()
                        .contains("sms-process." + section + ".host and port: cannot listen on 127.0.0.1:"
                                + taken.getLocalPort())
                        .contains("Address already in use");
                assertThat(directory.resolve(section).resolve("postgres/data/postmaster.pid"))
                        .doesNotExist();
            }
        }
    }

    @Test
    void aDatabaseThatCannotHoldEveryTextIsRefusedBeforeItsFirstTable() throws IOException {
        DB.execute("create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
        String url = DB.settings().url().replaceAll("/[^/]+$", "/latin");

        String err = failureWith(
                """
                sms-process.datastore { url = "%s", user = %s, password = "%s" }
                """.formatted(url, DB.settings().user(), DB.settings().password()));

        assertThat(err).contains("its encoding is LATIN1, and UTF8 is needed");
        assertThat(err.strip().lines()).hasSize(1);
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() throws IOException {
        String err = failureWith(
                "sms-process.datastore { url = \"jdbc:postgresql://no.such.host.invalid/sms?password=s3cret\", start-retries = 0 }");

        assertThat(err)
                .contains("unknown host no.such.host.invalid (sms-process.datastore.url)")
                .doesNotContain("s3cret");
    }

    @Test
    void anotherNumberOfBucketsThanTheDatabaseHasIsOneLine() throws IOException {
        BucketCount.SR.fix(DB.database().queries(), 2).toCompletableFuture().join();

        String err = failureWith("""
                sms-process.sr.buckets = 5
                sms-process.datastore { url = "%s", user = %s, password = "%s" }
                """.formatted(
                        DB.settings().url(), DB.settings().user(), DB.settings().password()));

        assertThat(err.strip().lines())
                .singleElement()
                .asString()
                .contains("sms-process.sr.buckets = 5, but this database has been used with 2: set it to 2");
    }

    private String failureWith(String settings) throws IOException {
        Path file = Files.writeString(directory.resolve("node.conf"), settings);
        StringWriter err = new StringWriter();
        CommandLine command = SmsProcessCommand.commandLine();
        command.setErr(new PrintWriter(err, true));

        assertThat(command.execute("node", "--config", file.toString())).isNotZero();
        return err.toString();
    }
}
