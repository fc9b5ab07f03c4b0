// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import org.smsprocess.smpp.SmppAddress;

/**
 * Where and how an account binds.
 *
 * @param childConnections connections per sending thread
 * @param addressRange addr_ton, addr_npi and address_range of BIND
 */
public record BindSettings(
        String host,
        int port,
        String systemId,
        String password,
        String systemType,
        int childConnections,
        SmppAddress addressRange) {

    @Override
    public String toString() {
        return "BindSettings[" + systemId + "@" + host + ":" + port + "]"; // never the password
    }
}
