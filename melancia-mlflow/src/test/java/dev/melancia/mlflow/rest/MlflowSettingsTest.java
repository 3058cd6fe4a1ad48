package dev.melancia.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowSettingsTest {

    private static final URI LOCAL = URI.create("http://127.0.0.1:5000/mlflow/");

    @Test
    void withoutATrackingUriThereAreNoSettings() {
        assertThat(MlflowSettings.fromEnvironment(Map.of("MLFLOW_TRACKING_URI", " ")))
                .isEmpty();
    }

    @Test
    void aDurationThatDoesNotFitIntoNanosecondsIsRefused() {
        assertThatThrownBy(() -> MlflowSettings.builder(LOCAL).requestTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("requestTimeout must be at most 365 days");
    }

    @Test
    void longPausesDoubleUpToTheGreatest() {
        Backoff backoff = new Backoff(Duration.ofDays(100), Duration.ofDays(300), new SplittableRandom(1));
        backoff.next(Optional.empty());
        for (int i = 0; i < 70; i++) {
            assertThat(backoff.next(Optional.empty())).isBetween(Duration.ofDays(100), Duration.ofDays(300));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h:1/?token=s3gredo", "http://h:1/#/experiments/s3gredo"})
    void aUriWithAQueryOrFragmentIsRefusedAndNotRepeated(String uri) {
        assertThatThrownBy(() -> MlflowSettings.builder(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must end with its path")
                .hasMessageNotContaining("s3gredo");
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
    void theFileOfCredentialsFillsWhatTheEnvironmentLeavesOut(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"), """
                # mine
                [other]
                mlflow_tracking_username = x
                [mlflow]
                MLFLOW_TRACKING_USERNAME = ana
                mlflow_tracking_password: senha=:
                """);
        Map<String, String> environment = Map.of("MLFLOW_TRACKING_URI", "http://h:1", "MLFLOW_TRACKING_TOKEN", "tok");
        assertThat(MlflowSettings.fromEnvironment(environment, file)
                        .orElseThrow()
                        .authorization())
                .contains("Basic YW5hOnNlbmhhPTo=");
        assertThat(MlflowSettings.fromEnvironment(environment, folder.resolve("gone"))
                        .orElseThrow()
                        .authorization())
                .contains("Bearer tok");
    }

    @Test
    void theFileOfCredentialsIsThatOfTheHomeInTheEnvironment(@TempDir Path home) throws IOException {
        Path file = home.resolve(".mlflow").resolve("credentials");
        Files.createDirectories(home.resolve(".mlflow"));
        Files.writeString(file, "[mlflow]\nmlflow_tracking_username=ana\nmlflow_tracking_password=senha\n");
        assertThat(MlflowSettings.fromEnvironment(Map.of("MLFLOW_TRACKING_URI", "http://h:1", "HOME", home.toString()))
                        .orElseThrow()
                        .authorization())
                .isPresent();
    }

    @Test
    void mlflowsVariablesForRequestsAreHonoured() {
        MlflowSettings settings = MlflowSettings.fromEnvironment(Map.of(
                        "MLFLOW_TRACKING_URI", "http://h:1",
                        "MLFLOW_HTTP_REQUEST_MAX_RETRIES", "7",
                        "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "2",
                        "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "1.0",
                        "MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER", "false",
                        "MLFLOW_WORKSPACE", "equipe-a"))
                .orElseThrow();
        assertThat(settings.retries()).isEqualTo(7);
        assertThat(settings.firstBackoff()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.jitter()).isEqualTo(0.5);
        assertThat(settings.respectsRetryAfter()).isFalse();
        assertThat(settings.workspace()).contains("equipe-a");
        assertThat(settings.totalTimeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "MLFLOW_HTTP_REQUEST_MAX_RETRIES,often",
        "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER,-1",
        "MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER,maybe",
        "MLFLOW_TRACKING_INSECURE_TLS,yes",
        "MLFLOW_TRACKING_SERVER_CERT_PATH,/nowhere/ca.pem",
        "MLFLOW_TRACKING_CLIENT_CERT_PATH,/nowhere/me.pem",
    })
    void aVariableThatCannotBeUsedIsNamed(String name, String value) {
        assertThatThrownBy(
                        () -> MlflowSettings.fromEnvironment(Map.of("MLFLOW_TRACKING_URI", "https://h", name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(value);
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
