// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/**
 * The DELIVER_SM_RESP or DATA_SM_RESP for one {@link Inbound}.
 *
 * @param commandStatus {@link CommandStatus#ESME_ROK} accepts
 */
public record InboundAnswer(int commandId, int sequenceNumber, int commandStatus) {}
