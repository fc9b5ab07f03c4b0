// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.nio.charset.StandardCharsets;
import org.smsprocess.simulator.settings.FinalState;
import org.smsprocess.simulator.settings.MessageState;
import org.smsprocess.simulator.settings.SrSettings;

/** One SR: {@code id:… sub:001 dlvrd:001 submit date:… done date:… stat:DELIVRD err:000 text:…} (SMPP 3.4 appendix B). */
final class SrDelivery extends Delivery {
    private static final int ESM_CLASS_SR = 0x04;
    private static final int DELIVER_SM = 0x00000005;
    private static final int DATA_SM = 0x00000103;
    private static final int TLV_RECEIPTED_MESSAGE_ID = 0x001E;
    private static final int TLV_USER_MESSAGE_REFERENCE = 0x0204;
    private static final int TLV_NETWORK_ERROR_CODE = 0x0423;
    private static final int TLV_MESSAGE_PAYLOAD = 0x0424;
    private static final int TLV_MESSAGE_STATE = 0x0427;
    private static final int NETWORK_GSM = 3;
    private static final int NO_REFERENCE = -1;
    private static final byte[] NO_TEXT = {};
    private static final int TEXT_HEAD = 20;
    private static final byte[] ID = octets("id:");
    private static final byte[] DELIVERED = octets(" sub:001 dlvrd:001 submit date:");
    private static final byte[] NOT_DELIVERED = octets(" sub:001 dlvrd:000 submit date:");
    private static final byte[] DONE_DATE = octets(" done date:");
    private static final byte[] STAT = octets(" stat:");
    private static final byte[] ERR = octets(" err:");
    private static final byte[] TEXT = octets(" text:");

    private FinalState state;
    private final long id;
    /** The addresses of the message, swapped, as TON, NPI, address, NUL each. */
    private final byte[] addresses;

    private final byte[] textHead;
    private final int reference;
    private final int submitMinute;
    private int doneMinute;
    private boolean repeated;

    SrDelivery(Smsc smsc, Esme esme, SubmitSm submit, long id, FinalState state) {
        super(smsc, esme);
        this.state = state;
        this.id = id;
        addresses = new byte[submit.destinationLength + submit.sourceLength];
        System.arraycopy(submit.octets, submit.destinationAt, addresses, 0, submit.destinationLength);
        System.arraycopy(submit.octets, submit.sourceAt, addresses, submit.destinationLength, submit.sourceLength);
        textHead = textHead(submit);
        reference = submit.userMessageReference;
        submitMinute = smsc.epochMinute();
    }

    /** The message has come to another end before its time. */
    void change(FinalState other) {
        state = other;
    }

    @Override
    DeliveryCounts counts() {
        return esme.traffic.sr;
    }

    @Override
    void ready() {
        if (attempts == 0) {
            doneMinute = smsc.epochMinute();
        }
    }

    @Override
    void finished() {
        double share = smsc.settings().sr().repeat();
        if (!repeated && share > 0 && smsc.random().nextDouble() < share) {
            repeated = true;
            counts().pending++;
            smsc.later(this, smsc.settings().deliver().retryDelay().toNanos());
        } else {
            smsc.srGone();
        }
    }

    @Override
    void write(OctetBuffer out, int sequence) {
        SrSettings settings = smsc.settings().sr();
        SrSettings.Form form = settings.form();
        boolean dataSm = form == SrSettings.Form.DATA_SM;
        int start = out.length();
        out.u32(0).u32(dataSm ? DATA_SM : DELIVER_SM).u32(0).u32(sequence);
        out.u8(0).add(addresses).u8(ESM_CLASS_SR);
        out.zeros(dataSm ? 2 : 8);
        if (!dataSm) {
            int lengthAt = out.length();
            out.u8(0);
            if (form == SrSettings.Form.TEXT || form == SrSettings.Form.BOTH) {
                writeText(out);
                out.setU8(lengthAt, out.length() - lengthAt - 1);
            }
        }
        if (form == SrSettings.Form.MESSAGE_PAYLOAD) {
            out.u16(TLV_MESSAGE_PAYLOAD).u16(0);
            int payloadAt = out.length();
            writeText(out);
            out.setU8(payloadAt - 1, out.length() - payloadAt);
        } else if (form != SrSettings.Form.TEXT) {
            writeTlvs(out);
        }
        if (settings.echoReference() && reference != NO_REFERENCE) {
            out.u16(TLV_USER_MESSAGE_REFERENCE).u16(2).u16(reference);
        }
        out.setU32(start, out.length() - start);
    }

    private void writeText(OctetBuffer out) {
        out.add(ID);
        smsc.ids().writeSr(out, id);
        out.add(state.state() == MessageState.DELIVRD ? DELIVERED : NOT_DELIVERED);
        out.add(smsc.moment().octets(submitMinute));
        out.add(DONE_DATE).add(smsc.moment().octets(doneMinute));
        out.add(STAT).add(state.stat());
        out.add(ERR).add(state.err());
        out.add(TEXT).add(textHead);
    }

    private void writeTlvs(OctetBuffer out) {
        out.u16(TLV_RECEIPTED_MESSAGE_ID).u16(0);
        int idAt = out.length();
        smsc.ids().writeSr(out, id);
        out.u8(0);
        out.setU8(idAt - 1, out.length() - idAt);
        out.u16(TLV_MESSAGE_STATE).u16(1).u8(state.state().code);
        if (state.networkError() > 0) {
            out.u16(TLV_NETWORK_ERROR_CODE).u16(3).u8(NETWORK_GSM).u16(state.networkError());
        }
    }

    /** The first characters, if they are one octet each; the text of a UCS-2 message would need another data_coding. */
    private static byte[] textHead(SubmitSm submit) {
        if (submit.dataCoding > 0x03 || submit.dataCoding == 0x02) {
            return NO_TEXT;
        }
        int length = Math.min(submit.textLength, TEXT_HEAD);
        byte[] head = new byte[length];
        System.arraycopy(submit.octets, submit.textAt, head, 0, length);
        return head;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
