package dev.melancia.provider.http;

import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads how long a server wants to be left alone: {@code Retry-After} (RFC 9110, section 10.2.3), in seconds or as a date,
 * and OpenAI's {@code retry-after-ms}, which is finer and so comes first. What is neither is ignored. Stateless.
 */
final class RetryAfterHeader {

    /** A day: longer than any quota's window, and short enough that a slip in a server's unit is no ban. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);
    private static final BigDecimal NANOS_PER_MILLISECOND = BigDecimal.valueOf(1_000_000);

    private RetryAfterHeader() {}

    /** The wait from the moment the answer arrived, from nothing to {@link #LONGEST}; empty when none is said. */
    static Optional<Duration> read(HttpHeaders headers, Instant arrival) {
        return headers.firstValue("retry-after-ms")
                .flatMap(text -> number(text, NANOS_PER_MILLISECOND))
                .or(() -> headers.firstValue("Retry-After")
                        .flatMap(text -> number(text, NANOS_PER_SECOND).or(() -> date(text, arrival))));
    }

    private static Optional<Duration> number(String text, BigDecimal unitNanos) {
        String stripped = text.strip();
        if (!NUMBER.matcher(stripped).matches()) {
            return Optional.empty();
        }
        BigDecimal nanos = new BigDecimal(stripped)
                .multiply(unitNanos)
                .max(BigDecimal.ZERO)
                .min(BigDecimal.valueOf(LONGEST.toNanos()));
        return Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    private static Optional<Duration> date(String text, Instant arrival) {
        try {
            Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
            return Optional.of(within(Duration.between(arrival, until)));
        } catch (DateTimeException e) {
            return Optional.empty(); // neither a number nor a date: nothing was said
        }
    }

    private static Duration within(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
