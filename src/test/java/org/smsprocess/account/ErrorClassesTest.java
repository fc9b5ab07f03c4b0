// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorClassesTest {
    private static ErrorClasses classes(String own) {
        String account = "sms-process.accounts.acme { host = x, error-classes { " + own + " } }";
        return AccountSettings.from("acme", ConfigFactory.load(ConfigFactory.parseString(account)))
                .errorClasses();
    }

    @ParameterizedTest
    @CsvSource({
        "0x04, RECONNECT", // ESME_RINVBNDSTS
        "0x08, RETRY", // ESME_RSYSERR
        "0x0A, FAIL", // ESME_RINVSRCADR
        "0x0B, FAIL", // ESME_RINVDSTADR
        "0x14, RETRY", // ESME_RMSGQFUL, M10: only this recipient waits
        "0x45, RETRY", // ESME_RSUBMITFAIL
        "0x58, THROTTLE", // ESME_RTHROTTLED
        "0x61, FAIL", // ESME_RINVSCHED
        "0x64, RETRY", // ESME_RX_T_APPN
        "0x65, FAIL", // ESME_RX_P_APPN
        "0x66, FAIL", // ESME_RX_R_APPN
        "0x400, FAIL",
        "0xFFFFFFFF, FAIL"
    })
    void builtIn(String commandStatus, ErrorClass errorClass) {
        assertThat(classes("").of(Long.decode(commandStatus).intValue())).isEqualTo(errorClass);
    }

    @Test
    void theNarrowestRangeDecides() {
        ErrorClasses classes = classes("\"0x400-0x4FF\" = retry, \"0x410-0x41F\" = throttle, 0x415 = reconnect");

        assertThat(classes.of(0x3FF)).isEqualTo(ErrorClass.FAIL);
        assertThat(classes.of(0x400)).isEqualTo(ErrorClass.RETRY);
        assertThat(classes.of(0x410)).isEqualTo(ErrorClass.THROTTLE);
        assertThat(classes.of(0x415)).isEqualTo(ErrorClass.RECONNECT);
        assertThat(classes.of(0x416)).isEqualTo(ErrorClass.THROTTLE);
        assertThat(classes.of(0x420)).isEqualTo(ErrorClass.RETRY);
        assertThat(classes.of(0x4FF)).isEqualTo(ErrorClass.RETRY);
        assertThat(classes.of(0x500)).isEqualTo(ErrorClass.FAIL);
    }

    @Test
    void anAccountOverridesTheBuiltInTableHoweverItWritesTheCode() {
        assertThat(classes("88 = fail").of(0x58)).isEqualTo(ErrorClass.FAIL);
        assertThat(classes("0x058 = fail").of(0x58)).isEqualTo(ErrorClass.FAIL);
        assertThat(classes("other = retry").of(0x0B)).isEqualTo(ErrorClass.RETRY);
    }

    @Test
    void reachesTheLastCode() {
        assertThat(classes("\"0x80000000-0xFFFFFFFF\" = retry").of(-1)).isEqualTo(ErrorClass.RETRY);
    }
}
