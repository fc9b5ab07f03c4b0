// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import com.cloudhopper.smpp.pdu.BaseBind;
import java.util.Optional;
import org.smsprocess.simulator.settings.BindSettings;
import org.smsprocess.smpp.CommandStatus;

/** What all connections of one simulator use to take PDUs in, and who may bind. Confined to the simulator's thread. */
final class Door {
    final RarePdus pdus = new RarePdus();
    final SubmitSm submit = new SubmitSm();
    final Intake intake;
    private final Smsc smsc;
    final Faults faults;
    private final BindSettings settings;

    Door(Smsc smsc, Faults faults) {
        this.smsc = smsc;
        this.faults = faults;
        settings = smsc.settings().bind();
        intake = new Intake(smsc, faults);
    }

    /** @return command_status for this bind */
    int check(BaseBind<?> bind) {
        String systemId = systemId(bind);
        int status = refusal(systemId, bind);
        if (status != CommandStatus.ESME_ROK
                && (settings.isOpen() || settings.of(systemId).isPresent())) {
            smsc.esme(systemId).bindRefused();
        }
        return status;
    }

    static String systemId(BaseBind<?> bind) {
        return bind.getSystemId() == null ? "" : bind.getSystemId();
    }

    private int refusal(String systemId, BaseBind<?> bind) {
        int fault = faults.bindStatus();
        if (fault != CommandStatus.ESME_ROK) {
            return fault;
        }
        if (!settings.isOpen()) {
            Optional<BindSettings.Credentials> login = settings.of(systemId);
            if (login.isEmpty()) {
                return CommandStatus.ESME_RINVSYSID;
            }
            if (!login.get().password().equals(bind.getPassword() == null ? "" : bind.getPassword())) {
                return CommandStatus.ESME_RINVPASWD;
            }
        }
        if (!settings.modes().contains(RarePdus.mode(bind))) {
            return CommandStatus.ESME_RBINDFAIL;
        }
        boolean full = settings.maxPerSystemId() > 0 && smsc.esme(systemId).bound() >= settings.maxPerSystemId();
        return full ? settings.overLimitStatus() : CommandStatus.ESME_ROK;
    }
}
