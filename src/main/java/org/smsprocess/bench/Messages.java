// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.util.List;
import org.smsprocess.bench.plant.NodeProcess;

/** The messages of one run: each has a number of its own, so the simulator's record tells lost and doubled ones. All ASCII. */
final class Messages {
    private static final long FIRST_NUMBER = 41_790_000_000L;

    private final List<String> accounts;
    private final String run;

    /** @param run distinguishes the texts of several runs */
    Messages(String run) {
        this(NodeProcess.ACCOUNT, run);
    }

    Messages(String account, String run) {
        this(List.of(account), run);
    }

    /** @param accounts in turns, by request */
    Messages(List<String> accounts, String run) {
        this.accounts = List.copyOf(accounts);
        this.run = run;
    }

    /** The body of a POST /api/v1/messages. */
    String body(int from, int count) {
        StringBuilder json = new StringBuilder(64 + count * 140);
        String account = accounts.get(from / count % accounts.size());
        json.append("{\"account\":\"").append(account).append("\",\"messages\":[");
        for (int i = from; i < from + count; i++) {
            if (i > from) {
                json.append(',');
            }
            json.append("{\"to\":\"+").append(FIRST_NUMBER + i % 100_000_000);
            json.append("\",\"text\":\"");
            text(json, i);
            json.append("\"}");
        }
        return json.append("]}").toString();
    }

    String text(int number) {
        StringBuilder text = new StringBuilder();
        text(text, number);
        return text.toString();
    }

    private void text(StringBuilder out, int number) {
        out.append("Your parcel ").append(run).append('-').append(number);
        out.append(" arrives today between 2 and 4 pm. Tell us if you are out.");
    }
}
