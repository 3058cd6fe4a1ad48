package dev.melancia.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterHeaderTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-22T18:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20 | PT20S",
                "' 20 ' | PT20S",
                "0 | PT0S",
                "-5 | PT0S",
                "1.5 | PT1.5S",
                "86400 | PT24H",
                "86401 | PT24H",
                "999999999999999999999999999999 | PT24H",
                "Sun, 22 Nov 2026 18:00:07 GMT | PT7S",
                "Sun, 22 Nov 2026 17:59:00 GMT | PT0S",
                "Fri, 31 Dec 9999 23:59:59 GMT | PT24H"
            })
    void readsSecondsAndDates(String value, Duration expected) {
        assertThat(read(Map.of("retry-after", List.of(value)))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "1e9",
                "0x10",
                "٣",
                "20s",
                "--1",
                ".",
                "NaN",
                "Sun, 31 Feb 2026 18:00:00 GMT",
                "2026-11-22"
            })
    void takesNothingElseForAWait(String value) {
        assertThat(read(Map.of("Retry-After", List.of(value), "retry-after-ms", List.of(value))))
                .isEmpty();
    }

    @Test
    void prefersTheFinerMilliseconds() {
        assertThat(read(Map.of("Retry-After", List.of("1"), "retry-after-ms", List.of("250"))))
                .contains(Duration.ofMillis(250));
        assertThat(read(Map.of("Retry-After", List.of("1"), "retry-after-ms", List.of("soon"))))
                .contains(Duration.ofSeconds(1));
        assertThat(read(Map.of("retry-after-ms", List.of("999999999999")))).contains(RetryAfterHeader.LONGEST);
    }

    @Test
    void saysNothingWithoutAHeader() {
        assertThat(read(Map.of("X-Other", List.of("1")))).isEmpty();
    }

    private static Optional<Duration> read(Map<String, List<String>> headers) {
        return RetryAfterHeader.read(HttpHeaders.of(headers, (name, value) -> true), ARRIVAL);
    }
}
