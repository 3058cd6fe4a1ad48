package dev.melancia.mlflow.rest;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The pause a server asks for, in seconds or as a date (RFC 9110, 10.2.3). A date counts from the server's own Date, so
 * that its clock need not be ours.
 */
final class RetryAfter {

    private static final Duration GREATEST = Duration.ofMinutes(5);

    private RetryAfter() {}

    static Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("retry-after").flatMap(value -> parse(value.strip(), headers));
    }

    private static Optional<Duration> parse(String value, HttpHeaders headers) {
        try {
            return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))));
        } catch (NumberFormatException aDate) {
            return headers.firstValue("date").flatMap(now -> between(now, value));
        }
    }

    private static Optional<Duration> between(String now, String then) {
        try {
            return Optional.of(bounded(Duration.between(date(now), date(then))));
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    private static Instant date(String text) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    }

    private static Duration bounded(Duration pause) {
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(GREATEST) > 0 ? GREATEST : pause;
    }
}
