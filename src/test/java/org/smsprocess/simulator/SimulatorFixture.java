// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.smsprocess.simulator.settings.SimulatorSettings;

/** A simulator for each test, and ESMEs of it; all of them end with the test. */
abstract class SimulatorFixture {
    static final String NUMBER = "41791234567";

    private final String usual;
    private final List<RawEsme> esmes = new ArrayList<>();
    Simulator simulator;

    /** @param usual settings of {@code sms-process-simulator} in all tests of the class, but for what they say otherwise */
    SimulatorFixture(String usual) {
        this.usual = usual;
    }

    @BeforeEach
    void start() {
        simulator = started("");
    }

    @AfterEach
    void end() throws IOException {
        for (RawEsme esme : esmes) {
            esme.close();
        }
        simulator.close();
    }

    /** In place of the present one. */
    void restart(String settings) {
        simulator.close();
        simulator = started(settings);
    }

    private Simulator started(String settings) {
        return Simulator.start(SimulatorSettings.parse(
                "sms-process-simulator { port = 0, http-port = none\n" + usual + "\n" + settings + "\n}"));
    }

    /** Bound as a transceiver. */
    RawEsme bound() throws IOException {
        RawEsme esme = connected();
        RawEsme.Pdu answer = esme.bind(RawEsme.BIND_TRANSCEIVER, "acme");
        if (answer.status != 0) {
            throw new IOException("bind refused: " + answer.status);
        }
        return esme;
    }

    /** Not bound yet. */
    RawEsme connected() throws IOException {
        RawEsme esme = new RawEsme(simulator.smppPort());
        esmes.add(esme);
        return esme;
    }
}
