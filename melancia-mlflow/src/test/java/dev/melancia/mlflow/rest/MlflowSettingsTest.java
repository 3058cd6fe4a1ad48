package dev.melancia.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowSettingsTest {

    private static final URI LOCAL = URI.create("http://127.0.0.1:5000/mlflow/");

    @Test
    void withoutATrackingUriThereAreNoSettings() {
        assertThat(MlflowSettings.fromEnvironment(Map.of("MLFLOW_TRACKING_URI", " ")))
                .isEmpty();
    }

    @Test
    void aPasswordWinsOverAToken() {
        MlflowSettings settings = MlflowSettings.fromEnvironment(Map.of(
                        "MLFLOW_TRACKING_URI", "http://h:1",
                        "MLFLOW_TRACKING_USERNAME", "ana",
                        "MLFLOW_TRACKING_PASSWORD", "senha",
                        "MLFLOW_TRACKING_TOKEN", "tok",
                        "MLFLOW_HTTP_REQUEST_TIMEOUT", "7"))
                .orElseThrow();
        assertThat(settings.authorization()).contains("Basic YW5hOnNlbmhh");
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings).hasToString("MlflowSettings[http://h:1, with credentials]");
    }

    @Test
    void aTokenIsSentAsBearer() {
        assertThat(MlflowSettings.builder(LOCAL).bearer("tok").build().authorization())
                .contains("Bearer tok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3gr\nedo", "s3gr\r\nedo", "s3gredo\u0000x", "s3gr\u0113do", "s3grédo"})
    void aTokenNoHeaderTakesIsRefusedWithoutRepeatingIt(String token) {
        assertThatThrownBy(() -> MlflowSettings.builder(LOCAL).bearer(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining("printable ASCII")
                .hasMessageNotContaining("s3gr");
    }

    @Test
    void theServerMayStandUnderAPath() {
        assertThat(MlflowSettings.builder(LOCAL).build().uri()).hasToString("http://127.0.0.1:5000/mlflow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:///x.db", "./mlruns", "databricks", "http:///nohost"})
    void otherStoresAreRefused(String uri) {
        assertThatThrownBy(() -> MlflowSettings.fromEnvironment(Map.of("MLFLOW_TRACKING_URI", uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tracking URI");
    }

    @Test
    void credentialsInTheUriAreRefusedWithoutRepeatingThem() {
        for (String uri : List.of("http://ana:s3nha@h:1", "http://ana:s3nha @h:1")) {
            assertThatThrownBy(() -> MlflowSettings.fromEnvironment(Map.of("MLFLOW_TRACKING_URI", uri)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .hasMessageNotContaining("s3nha");
        }
    }

    @Test
    void aBadTimeoutIsNamed() {
        assertThatThrownBy(() -> MlflowSettings.fromEnvironment(
                        Map.of("MLFLOW_TRACKING_URI", "http://h", "MLFLOW_HTTP_REQUEST_TIMEOUT", "soon")))
                .hasMessageContaining("must be whole seconds, was \"soon\"");
        assertThatThrownBy(() -> MlflowSettings.builder(LOCAL).requestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout must be above 0, was PT0S");
    }

    @Test
    void retryAfterIsReadAsSecondsOrDate() {
        assertThat(retryAfter(Map.of("Retry-After", List.of("7")))).contains(Duration.ofSeconds(7));
        assertThat(retryAfter(Map.of("Retry-After", List.of("99999")))).contains(Duration.ofMinutes(5));
        assertThat(retryAfter(Map.of("Retry-After", List.of("-1")))).contains(Duration.ZERO);
        assertThat(retryAfter(Map.of(
                        "Date", List.of("Sun, 22 Nov 2026 10:00:00 GMT"),
                        "Retry-After", List.of("Sun, 22 Nov 2026 10:00:30 GMT"))))
                .contains(Duration.ofSeconds(30));
        assertThat(retryAfter(Map.of("Retry-After", List.of("soon")))).isEmpty();
        assertThat(retryAfter(Map.of())).isEmpty();
    }

    @Test
    void pausesDoubleUpToTheGreatestAndHeedTheServer() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new SplittableRandom(1));
        for (long doubled : new long[] {100, 200, 400, 800, 1000, 1000}) {
            assertThat(backoff.next(Optional.empty()))
                    .isBetween(Duration.ofMillis(doubled / 2), Duration.ofMillis(doubled));
        }
        assertThat(backoff.next(Optional.of(Duration.ofSeconds(9)))).isEqualTo(Duration.ofSeconds(9));
        backoff.reset();
        assertThat(backoff.next(Optional.empty())).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    private static Optional<Duration> retryAfter(Map<String, List<String>> headers) {
        return RetryAfter.of(HttpHeaders.of(headers, (name, value) -> true));
    }
}
