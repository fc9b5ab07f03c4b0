// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

/** One MO, or one part of a long one. */
final class MoDelivery extends Delivery {
    private static final int DELIVER_SM = 0x00000005;

    private final byte[] addresses;
    private final MoText.Part part;

    /** @param addresses source then destination, as TON, NPI, address, NUL each */
    MoDelivery(Smsc smsc, Esme esme, byte[] addresses, MoText.Part part) {
        super(smsc, esme);
        this.addresses = addresses;
        this.part = part;
    }

    @Override
    DeliveryCounts counts() {
        return esme.traffic.mo;
    }

    @Override
    void write(OctetBuffer out, int sequence) {
        int start = out.length();
        out.u32(0).u32(DELIVER_SM).u32(0).u32(sequence);
        out.u8(0).add(addresses).u8(part.esmClass());
        out.zeros(6).u8(part.dataCoding()).u8(0);
        out.u8(part.octets().length).add(part.octets());
        out.setU32(start, out.length() - start);
    }
}
