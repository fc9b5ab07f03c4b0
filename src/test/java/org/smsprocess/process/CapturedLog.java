// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is written to one log while this is open. */
final class CapturedLog implements AutoCloseable {
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger log;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };

    CapturedLog(String name) {
        log = (Logger) LoggerFactory.getLogger(name);
        appender.start();
        log.addAppender(appender);
    }

    @Override
    public void close() {
        log.detachAppender(appender);
    }
}
