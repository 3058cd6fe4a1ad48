package dev.melancia.call;

import dev.melancia.cost.Cost;
import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.slf4j.spi.LoggingEventBuilder;

/** One event that is being put together; keys whose value is unknown are left out. Confined to one thread. */
final class CallEvent {

    static final double NANOS_PER_MILLI = 1_000_000;

    private LoggingEventBuilder builder;

    CallEvent(LoggingEventBuilder builder) {
        this.builder = builder;
    }

    void plain(String key, Object value) {
        builder = builder.addKeyValue(key, value);
    }

    void text(String key, String value) {
        plain(key, EventText.oneLine(value));
    }

    void number(String key, OptionalInt value) {
        if (value.isPresent()) {
            plain(key, value.getAsInt());
        }
    }

    void millis(String key, OptionalLong nanos) {
        if (nanos.isPresent()) {
            plain(key, nanos.getAsLong() / NANOS_PER_MILLI);
        }
    }

    /** As a number, without the zeros at its end. */
    void cost(String key, Cost cost) {
        cost.usd().ifPresent(usd -> {
            plain(key + "_usd", usd.signum() == 0 ? BigDecimal.ZERO : usd.stripTrailingZeros());
            plain(key + "_kind", EventText.name(cost.kind()));
        });
    }

    void log(String message) {
        builder.log(message);
    }
}
