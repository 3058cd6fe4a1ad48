package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTrackerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    Path temp;

    private Path folder;
    private ExperimentTracker tracker;

    @BeforeEach
    void openTracker() {
        folder = temp.resolve("runs");
        tracker = ExperimentTracker.builder(folder)
                .experiment("routing")
                .clock(InstantSource.fixed(NOW))
                .withoutOrigin()
                .build();
    }

    @AfterEach
    void closeTracker() {
        tracker.close();
    }

    @Test
    void readsBackEverythingThatWasRecorded() {
        String id;
        try (Run run = tracker.startRun("first")) {
            id = run.id();
            run.param("model", "ollama/llama3.2");
            run.param("temperature", 0.1);
            run.metric("latency", 1.5);
            run.metric("latency", 0.5);
            run.tag("stage", "dev");
            run.tag("stage", "prod");
            run.artifact("report.md", "# olá");
        }
        RecordedRun read = tracker.find(id).orElseThrow();
        assertThat(read.name()).isEqualTo("first");
        assertThat(read.experiment()).isEqualTo("routing");
        assertThat(read.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(read.startedAt()).isEqualTo(NOW);
        assertThat(read.endedAt()).contains(NOW);
        assertThat(read.params())
                .containsExactly(Map.entry("model", "ollama/llama3.2"), Map.entry("temperature", "0.1"));
        assertThat(read.tags()).containsExactly(Map.entry("stage", "prod"));
        assertThat(read.metrics().get("latency")).isEqualTo(new MetricSummary(2, 0, 0.5, 0.5, 1.5, 1.0));
        assertThat(read.artifacts().get("report.md")).hasContent("# olá");
    }

    @Test
    void withoutAStepEachPointTakesTheNextOne() {
        try (Run run = tracker.startRun("steps")) {
            run.metric("m", 1);
            run.metric("m", 2, 10);
            run.metric("m", 3);
            run.metrics(Map.of("m", 4.0, "other", 0.0));
            assertThat(tracker.history(run.id(), "m"))
                    .extracting(MetricPoint::step)
                    .containsExactly(0L, 10L, 11L, 12L);
            assertThat(tracker.history(run.id(), "other"))
                    .extracting(MetricPoint::step)
                    .containsExactly(0L);
        }
    }

    @Test
    void nanIsKeptAndTakesNoPartInMinMaxAndMean() {
        try (Run run = tracker.startRun("nan")) {
            run.metric("m", 1);
            run.metric("m", 3);
            run.metric("m", Double.NaN);
            run.metric("only", Double.NaN);
            RecordedRun read = tracker.find(run.id()).orElseThrow();
            assertThat(read.metrics().get("m")).isEqualTo(new MetricSummary(2, 1, Double.NaN, 1, 3, 2));
            assertThat(read.metrics().get("only"))
                    .isEqualTo(new MetricSummary(0, 1, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        }
    }

    @Test
    void theLastValueIsTheOneOfTheGreatestStep() {
        try (Run run = tracker.startRun("order")) {
            run.metric("m", 7, 5);
            run.metric("m", 9, 4);
            assertThat(tracker.find(run.id()).orElseThrow().metrics().get("m").last())
                    .isEqualTo(7);
        }
    }

    @Test
    void aParameterMayBeSetAgainButNotChanged() {
        try (Run run = tracker.startRun("params")) {
            run.param("lr", "0.1");
            run.param("lr", 0.1);
            assertThatThrownBy(() -> run.param("lr", "0.2"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"lr\"")
                    .hasMessageContaining("was \"0.1\", now \"0.2\"");
            assertThat(tracker.find(run.id()).orElseThrow().params()).containsEntry("lr", "0.1");
            run.param("long", "a".repeat(100));
            assertThatThrownBy(() -> run.param("long", "b".repeat(100)))
                    .hasMessageContaining("was \"" + "a".repeat(60) + "...\", now \"" + "b".repeat(60) + "...\"");
        }
    }

    @Test
    void badKeysAreRefusedBeforeAnythingIsWritten() {
        try (Run run = tracker.startRun("keys")) {
            assertThatThrownBy(() -> run.metric("recall@5", 1)).hasMessageContaining("'@' in \"recall@5\"");
            assertThatThrownBy(() -> run.param("k".repeat(251), 1))
                    .hasMessageContaining("at most 250 characters, had 251");
            assertThatThrownBy(() -> run.artifact("../x", "no")).hasMessageContaining("artifact path");
            RecordedRun read = tracker.find(run.id()).orElseThrow();
            assertThat(read.params()).isEmpty();
            assertThat(read.metrics()).isEmpty();
            assertThat(read.artifacts()).isEmpty();
        }
    }

    @Test
    void aFinishedRunTakesNothingMore() {
        Run run = tracker.startRun("over");
        run.close();
        run.close();
        assertThatThrownBy(() -> run.metric("late", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"over\"")
                .hasMessageContaining("is FINISHED; metric \"late\" was not recorded");
        assertThatThrownBy(() -> run.artifact("late.txt", "x")).isInstanceOf(IllegalStateException.class);
        assertThat(tracker.find(run.id()).orElseThrow().metrics()).isEmpty();
    }

    @Test
    void aFailedRunKeepsTheClassOfTheErrorButNotItsText() {
        try (Run run = tracker.startRun("failing")) {
            run.fail(new IOException("the prompt was: secret"));
        }
        RecordedRun read = tracker.runs().get(0);
        assertThat(read.status()).isEqualTo(RunStatus.FAILED);
        assertThat(read.tags()).containsExactly(Map.entry("melancia.error", "java.io.IOException"));
    }

    @Test
    void aRunCanBeEndedAsKilled() {
        try (Run run = tracker.startRun("stopped")) {
            run.end(RunOutcome.KILLED);
            assertThat(run.status()).isEqualTo(RunStatus.KILLED);
        }
        assertThat(tracker.runs()).extracting(RecordedRun::status).containsExactly(RunStatus.KILLED);
    }

    @Test
    void runsAreListedPerExperimentAndSeenByOtherTrackers() {
        tracker.startRun("a").close();
        try (ExperimentTracker other =
                        ExperimentTracker.builder(folder).experiment("other").build();
                Run open = other.startRun("b")) {
            assertThat(tracker.runs()).extracting(RecordedRun::name).containsExactly("a");
            assertThat(other.runs()).extracting(RecordedRun::name).containsExactly("b");
            assertThat(tracker.find(open.id()).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
        }
        assertThat(tracker.find("nobody")).isEmpty();
    }

    @Test
    void anUnfinishedRunOfADeadProcessIsInterrupted() throws IOException {
        Run open = tracker.startRun("crashed");
        try (var segments = Files.newDirectoryStream(folder, "*.jsonl")) {
            Path segment = segments.iterator().next();
            String own = "-" + ProcessHandle.current().pid() + "-";
            String name = String.valueOf(segment.getFileName()).replace(own, "-1099511627776-");
            Files.copy(segment, Files.createDirectories(temp.resolve("copy")).resolve(name));
        }
        try (ExperimentTracker other = ExperimentTracker.builder(temp.resolve("copy"))
                .experiment("routing")
                .build()) {
            assertThat(other.find(open.id()).orElseThrow().status()).isEqualTo(RunStatus.INTERRUPTED);
            assertThat(other.find(open.id()).orElseThrow().endedAt()).isEmpty();
        }
    }

    @Test
    void theClockOfTheTrackerNeitherNamesNorSealsSegments() throws IOException {
        InstantSource future = InstantSource.fixed(Instant.parse("2999-01-01T00:00:00Z"));
        Path copy = Files.createDirectories(temp.resolve("copy"));
        Run open = tracker.startRun("crashed");
        try (var segments = Files.newDirectoryStream(folder, "*.jsonl")) {
            String name = String.valueOf(segments.iterator().next().getFileName());
            assertThat(name).doesNotStartWith(NOW.toEpochMilli() + "000-");
            String own = "-" + ProcessHandle.current().pid() + "-";
            Files.copy(folder.resolve(name), copy.resolve(name.replace(own, "-1099511627776-")));
        }
        try (ExperimentTracker other =
                ExperimentTracker.builder(copy).clock(future).build()) {
            assertThat(other.compact().orElseThrow().replaced()).isZero();
            assertThat(other.find(open.id())).isPresent();
        }
    }

    @Test
    void theNameOfTheExperimentIsCheckedAtOnce() {
        ExperimentTrackerBuilder builder = ExperimentTracker.builder(folder);
        assertThatThrownBy(() -> builder.experiment("e".repeat(257)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("experiment must have at most 256 characters, had 257");
        assertThatThrownBy(() -> builder.experiment(" ")).hasMessageContaining("must not be blank");
    }

    @Test
    void comparesParametersThatDifferAndAllMetrics() {
        try (Run a = tracker.startRun("a");
                Run b = tracker.startRun("b")) {
            a.param("same", 1);
            b.param("same", 1);
            a.param("model", "x");
            b.param("model", "y");
            b.param("only b", "z");
            a.metric("quality", 0.5);
            b.metric("quality", 0.7);
            b.metric("cost", 2);
        }
        RunComparison comparison = tracker.compare(tracker.runs());
        assertThat(comparison.differingParams())
                .containsExactly(
                        new RunComparison.ParamRow("model", List.of(Optional.of("x"), Optional.of("y"))),
                        new RunComparison.ParamRow("only b", List.of(Optional.empty(), Optional.of("z"))));
        assertThat(comparison.metrics())
                .extracting(RunComparison.MetricRow::key)
                .containsExactly("cost", "quality");
        assertThat(comparison.metrics().get(0).values().get(0)).isEmpty();
        assertThat(comparison.metrics().get(1).values().get(1).orElseThrow().mean())
                .isCloseTo(0.7, within(1e-12));
        assertThatThrownBy(() -> tracker.compare(List.of())).hasMessageContaining("at least 2 runs, had 0");
    }

    @Test
    void artifactsAreCopiedAndReplaced() throws IOException {
        Path file = Files.writeString(temp.resolve("dados.csv"), "a;b");
        try (Run run = tracker.startRun("files")) {
            run.artifact(file);
            Files.writeString(file, "changed later");
            run.artifact("deep/er/bytes.bin", new byte[] {1, 2});
            run.artifact("text.txt", "old");
            run.artifact("text.txt", "new");
            Map<String, Path> artifacts = tracker.find(run.id()).orElseThrow().artifacts();
            assertThat(artifacts.get("dados.csv")).hasContent("a;b");
            assertThat(artifacts.get("deep/er/bytes.bin")).hasBinaryContent(new byte[] {1, 2});
            assertThat(artifacts.get("text.txt")).hasContent("new");
            assertThatThrownBy(() -> run.artifact(temp.resolve("missing"))).hasMessageContaining("regular file");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        try (ExperimentTracker blocked =
                ExperimentTracker.builder(file.resolve("runs")).build()) {
            assertThatThrownBy(() -> blocked.startRun("x"))
                    .isInstanceOf(ExperimentStoreException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("must be writable");
        }
    }

    @Test
    void aReadOnlyFolderCanBeReadButNotWritten() {
        tracker.startRun("before").close();
        ReadOnly.during(folder, () -> {
            try (ExperimentTracker readOnly =
                    ExperimentTracker.builder(folder).experiment("routing").build()) {
                assertThat(readOnly.runs()).hasSize(1);
                assertThatThrownBy(() -> readOnly.startRun("x")).isInstanceOf(ExperimentStoreException.class);
            }
        });
    }

    @Test
    void anInterruptedThreadStillRecords() {
        try (Run run = tracker.startRun("interrupted")) {
            Thread.currentThread().interrupt();
            run.metric("m", 1);
            run.artifact("a.txt", "text");
            assertThat(Thread.interrupted()).isTrue();
            run.metric("m", 2);
            assertThat(tracker.find(run.id()).orElseThrow().metrics().get("m").count())
                    .isEqualTo(2);
            assertThat(tracker.find(run.id()).orElseThrow().artifacts()).containsKey("a.txt");
        }
    }

    @Test
    void theEnvironmentNamesServerAndExperiment() {
        try (ExperimentTracker local = ExperimentTracker.fromEnvironment(folder, Map.of())) {
            assertThat(local.uploads()).isEmpty();
            assertThat(local.flush(Duration.ZERO)).isTrue();
        }
        Map<String, String> environment =
                Map.of("MLFLOW_TRACKING_URI", "http://127.0.0.1:1", "MLFLOW_EXPERIMENT_NAME", "from env");
        try (ExperimentTracker remote = ExperimentTracker.fromEnvironment(folder, environment)) {
            assertThat(remote.uploads()).isPresent();
            assertThat(remote.runs()).isEmpty();
        }
        assertThatThrownBy(() ->
                        ExperimentTracker.fromEnvironment(folder, Map.of("MLFLOW_TRACKING_URI", "sqlite:///mlflow.db")))
                .hasMessageContaining("http or https, was sqlite");
    }

    @Test
    void aHangingServerHoldsUpNeitherTheRunNorTheEnd() throws IOException {
        // Nobody accepts: the system completes the connection, and no answer ever comes.
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + hanging.getLocalPort());
            String id;
            try (ExperimentTracker remote = ExperimentTracker.builder(folder)
                    .mlflow(MlflowSettings.builder(uri)
                            .mergeDelay(Duration.ofMillis(5))
                            .build())
                    .closeTimeout(Duration.ofMillis(100))
                    .build()) {
                try (Run run = remote.startRun("hanging")) {
                    id = run.id();
                    for (int i = 0; i < 500; i++) {
                        run.metric("m", i);
                    }
                }
                assertThat(remote.flush(Duration.ofMillis(100))).isFalse();
                assertThat(remote.uploads().orElseThrow().delivered()).isZero();
            }
            RecordedRun kept = tracker.find(id).orElseThrow();
            assertThat(kept.status()).isEqualTo(RunStatus.FINISHED);
            assertThat(kept.metrics().get("m").count()).isEqualTo(500);
        }
    }

    @Test
    void manyThreadsMayShareARun() throws InterruptedException {
        try (Run run = tracker.startRun("shared")) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 250; i++) {
                        run.metric("m", i);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(tracker.history(run.id(), "m"))
                    .extracting(MetricPoint::step)
                    .doesNotHaveDuplicates()
                    .hasSize(1000);
        }
    }
}
