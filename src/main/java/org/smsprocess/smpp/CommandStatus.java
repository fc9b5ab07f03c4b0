// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/** command_status values that the process itself uses (SMPP 3.4 §5.1.3). */
public final class CommandStatus {
    public static final int ESME_ROK = 0x00;
    public static final int ESME_RINVMSGLEN = 0x01;
    public static final int ESME_RINVCMDLEN = 0x02;
    public static final int ESME_RINVCMDID = 0x03;
    public static final int ESME_RINVBNDSTS = 0x04;
    public static final int ESME_RALYBND = 0x05;
    public static final int ESME_RSYSERR = 0x08;
    public static final int ESME_RINVDSTADR = 0x0B;
    public static final int ESME_RINVMSGID = 0x0C;
    public static final int ESME_RBINDFAIL = 0x0D;
    public static final int ESME_RINVPASWD = 0x0E;
    public static final int ESME_RINVSYSID = 0x0F;
    public static final int ESME_RCANCELFAIL = 0x11;
    public static final int ESME_RMSGQFUL = 0x14;
    public static final int ESME_RSUBMITFAIL = 0x45;
    public static final int ESME_RTHROTTLED = 0x58;
    public static final int ESME_RX_T_APPN = 0x64;
    public static final int ESME_RQUERYFAIL = 0x67;
    public static final int ESME_RINVTLVVAL = 0xC4;

    private CommandStatus() {}

    /** The value as logs show it, e.g. {@code 0x00000058}. */
    public static String hex(int commandStatus) {
        return "0x%08X".formatted(commandStatus);
    }
}
