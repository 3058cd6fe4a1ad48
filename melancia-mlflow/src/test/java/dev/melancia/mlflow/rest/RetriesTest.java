package dev.melancia.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<Duration> tries = new ArrayList<>();
    private long nanos;

    @ParameterizedTest
    @CsvSource({
        "408,5", "429,5", "500,5", "502,5", "503,5", "504,5", "400,1", "401,1", "403,1", "404,1", "413,1", "501,1"
    })
    void onlyWhatTimeMayMendIsMadeAgain(int status, int expected) {
        assertThatThrownBy(() -> retries(settings()).run(LIMIT, limit -> fail(limit, status, Optional.empty())))
                .isInstanceOf(MlflowException.class);
        assertThat(tries).hasSize(expected);
    }

    @Test
    void allTriesTogetherStayWithinTheTotal() {
        Retries retries =
                retries(settings().totalTimeout(Duration.ofSeconds(40)).retries(100));
        assertThatThrownBy(() -> retries.run(LIMIT, limit -> {
                    nanos += Duration.ofSeconds(25).toNanos();
                    return fail(limit, 500, Optional.empty());
                }))
                .isInstanceOf(MlflowException.class);
        assertThat(tries).containsExactly(LIMIT, Duration.ofSeconds(15));
    }

    @Test
    void aPauseBeyondTheTotalIsNotWaitedFor() {
        Retries retries = retries(settings());
        assertThatThrownBy(() -> retries.run(LIMIT, limit -> fail(limit, 429, Optional.of(Duration.ofMinutes(5)))))
                .isInstanceOf(MlflowException.class);
        assertThat(tries).hasSize(1);
    }

    @Test
    void anInterruptEndsThePause() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> retries(settings().backoff(LIMIT, LIMIT))
                        .run(LIMIT, limit -> fail(limit, 500, Optional.empty())))
                .isInstanceOf(MlflowException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(tries).hasSize(1);
    }

    private static MlflowSettings.Builder settings() {
        return MlflowSettings.builder(URI.create("http://127.0.0.1:1"))
                .backoff(Duration.ofNanos(10), Duration.ofNanos(100));
    }

    private Retries retries(MlflowSettings.Builder settings) {
        return Retries.of(settings.build(), () -> nanos);
    }

    private String fail(Duration limit, int status, Optional<Duration> retryAfter) {
        tries.add(limit);
        throw MlflowException.of(new MlflowAnswer("runs/get", status, MissingNode.getInstance(), "", retryAfter));
    }
}
