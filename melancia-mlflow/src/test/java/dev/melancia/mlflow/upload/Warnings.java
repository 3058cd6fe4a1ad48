package dev.melancia.mlflow.upload;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects what the package logs at WARN and above while it is open, with the key-values. */
final class Warnings extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.melancia.mlflow");
    private final Level before = logger.getLevel();
    private final boolean additive = logger.isAdditive();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Warnings() {
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        logger.addAppender(this);
        start();
    }

    List<String> lines() {
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage() + " " + event.getKeyValuePairs());
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(additive);
        logger.setLevel(before);
    }
}
