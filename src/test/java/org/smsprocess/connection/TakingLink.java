// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.smpp.LinkStatus;
import org.smsprocess.smpp.MessageAnswer;
import org.smsprocess.smpp.MessageRequest;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.Submit;

/** Takes every SUBMIT_SM, never has an outcome, and remembers its rate. */
final class TakingLink implements SmppLink {
    double rate;

    @Override
    public CompletionStage<Void> submit(List<Submit> batch) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void holdPlaces() {}

    @Override
    public void confirm(int outcomes) {}

    @Override
    public void answer(List<InboundAnswer> answers) {}

    @Override
    public CompletionStage<MessageAnswer> request(MessageRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void limitRate(double perSecond) {
        rate = perSecond;
    }

    @Override
    public void limitWindow(int size) {}

    @Override
    public void trace(boolean pdus, boolean texts) {}

    @Override
    public void unbind(Duration drain) {}

    @Override
    public void close(String reason) {}

    @Override
    public LinkStatus status() {
        throw new UnsupportedOperationException();
    }
}
