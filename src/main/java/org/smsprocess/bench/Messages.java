// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

/** The messages of one run: each has a number of its own, so the simulator's record tells lost and doubled ones. All ASCII. */
final class Messages {
    private static final long FIRST_NUMBER = 41_790_000_000L;

    private final String run;

    /** @param run distinguishes the texts of several runs */
    Messages(String run) {
        this.run = run;
    }

    /** The body of a POST /api/v1/messages. */
    String body(int from, int count) {
        StringBuilder json = new StringBuilder(64 + count * 140);
        json.append("{\"account\":\"").append(NodeProcess.ACCOUNT).append("\",\"messages\":[");
        for (int i = from; i < from + count; i++) {
            if (i > from) {
                json.append(',');
            }
            json.append("{\"to\":\"+").append(FIRST_NUMBER + i % 100_000_000);
            json.append("\",\"text\":\"Your parcel ").append(run).append('-').append(i);
            json.append(" arrives today between 2 and 4 pm. Tell us if you are out.\"}");
        }
        return json.append("]}").toString();
    }
}
