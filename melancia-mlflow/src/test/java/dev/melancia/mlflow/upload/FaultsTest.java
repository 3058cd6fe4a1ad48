package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.AT;
import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.quick;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static dev.melancia.mlflow.upload.UploaderFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpServer;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.Silent;
import dev.melancia.mlflow.rest.TlsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Servers that fail in every way. Whoever records is not held up, what happened is said once, and all arrives in the end. The
 * limits of time are generous: they tell seconds from minutes, not more.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FaultsTest {

    private static final String RUN = runId(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | slow down | was answered 429",
                "500 | <html>Internal Server Error</html> | was answered 500",
                "503 | '' | was answered 503",
                "401 | You are not authenticated | MLFLOW_TRACKING_USERNAME",
                "403 | Invalid Host header - possible DNS rebinding attack detected | --allowed-hosts",
                "302 | <html>sign in</html> | was answered 302",
                "200 | <html>sign in</html> | not by MLflow",
            })
    void aFailingServerIsToldOfOnceAndEverythingArrivesLater(int status, String body, String told) throws IOException {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder);
                Warnings warnings = new Warnings()) {
            FakeMlflow.Reply failure = new FakeMlflow.Reply(status, body, Map.of("Retry-After", "0"));
            server.fault = (path, sent) -> path.contains("experiments") ? failure : null;
            try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
                events.start(RUN);
                events.metrics(RUN, "m", 0, 2_000);
                Awaitility.await().until(() -> uploader.stats().failedAttempts() >= 20);
                assertThat(uploader.flush(Duration.ofMillis(100))).isFalse();
                assertThat(uploader.stats().waitingBytes().orElseThrow()).isPositive();
                server.fault = (path, sent) -> null;
                assertThat(uploader.flush(LONG)).isTrue();
                assertThat(uploader.stats().setAside()).isZero();
            }
            assertThat(server.onlyRun().points).hasSize(2_000);
            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains(told)
                    .doesNotContain("sign in<");
        }
    }

    @Test
    void aServerThatDripsIsGivenUpAndSaidOnce() throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer dripping = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        dripping.setExecutor(threads);
        dripping.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            OutputStream out = exchange.getResponseBody();
            while (!Thread.currentThread().isInterrupted()) {
                out.write('{');
                out.flush();
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        });
        dripping.start();
        URI uri = URI.create("http://127.0.0.1:" + dripping.getAddress().getPort());
        assertStuck(uri, Duration.ofMillis(100), "no answer within 100 ms");
        dripping.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aServerThatAcceptsAndNeverAnswersIsGivenUpAndSaidOnce() throws IOException {
        try (Silent silent = new Silent()) {
            assertStuck(silent.uri(), Duration.ofMillis(100), "no answer within 100 ms");
        }
    }

    @Test
    void anUnknownCertificateIsSaidOnceWithItsRemedy(@TempDir Path keys) throws Exception {
        Path own = TlsServer.identity(keys, "own", "ip:127.0.0.1");
        try (TlsServer server = TlsServer.start(own, own)) {
            assertStuck(server.uri(), Duration.ofSeconds(10), "MLFLOW_TRACKING_SERVER_CERT_PATH");
        }
    }

    /** Recording, flushing and closing keep their own limits, give or take 10 s for a machine under load. */
    private void assertStuck(URI uri, Duration requestTimeout, String told) {
        try (UploaderFixture events = new UploaderFixture(folder);
                Warnings warnings = new Warnings()) {
            MlflowUploader uploader = MlflowUploader.start(
                    folder, quick(uri).requestTimeout(requestTimeout).build());
            events.start(RUN);
            Awaitility.await().until(() -> uploader.stats().failedAttempts() > 5);
            within(10, () -> events.metrics(RUN, "m", 0, 5_000));
            within(10, () -> assertThat(uploader.flush(Duration.ofMillis(200))).isFalse());
            within(10, () -> assertThat(uploader.close(Duration.ofMillis(200))).isFalse());
            assertThat(warnings.lines()).hasSize(2);
            assertThat(warnings.lines().get(0)).contains(told);
            assertThat(warnings.lines().get(1)).contains("closed before everything was delivered");
        }
    }

    private static void within(int seconds, Runnable action) {
        assertThatCode(() -> org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(seconds), action::run))
                .doesNotThrowAnyException();
    }

    @Test
    void whatWaitedForDaysIsCaughtUpInOrderAndInBoundedMemory() throws IOException {
        Pattern order = Pattern.compile("\"key\":\"order\",\"value\":\"(\\d+)\"");
        List<Integer> seen = new CopyOnWriteArrayList<>();
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder)) {
            server.fault = (path, sent) -> {
                for (Matcher tag = order.matcher(sent); tag.find(); ) {
                    seen.add(Integer.parseInt(tag.group(1)));
                }
                return null;
            };
            events.start(RUN);
            for (int i = 0; i < 120; i++) {
                events.metrics(RUN, "m", i * 250, i * 250 + 250);
                events.append(new RunEvent.Tag(RUN, AT, "order", String.valueOf(i)));
            }
            assertWindowsAreBounded();
            try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
                assertThat(uploader.flush(Duration.ofMinutes(1))).isTrue();
            }
            assertThat(server.onlyRun().points).hasSize(30_000);
            assertThat(seen).hasSize(120).isSorted();
        }
    }

    private void assertWindowsAreBounded() {
        UploadCounters counters = new UploadCounters();
        try (RejectedEvents rejected = new RejectedEvents(folder.resolve("rejected"), counters, 1)) {
            UploadWindow window = new UploadWindow(new JournalReader(folder, JournalPosition.START), rejected);
            int windows = 0;
            while (window.refill()) {
                windows++;
                int events = window.plan().stream()
                        .mapToInt(delivery -> delivery.events().size())
                        .sum();
                assertThat(events).isLessThanOrEqualTo(20_000);
            }
            assertThat(windows).isEqualTo(2);
        }
    }
}
