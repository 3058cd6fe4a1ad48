package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.AT;
import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static dev.melancia.mlflow.upload.UploaderFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.ArtifactFolder;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowUploaderTest {

    private static final String RUN = runId(1);

    @TempDir
    Path folder;

    private FakeMlflow server;
    private UploaderFixture events;

    @BeforeEach
    void open() throws IOException {
        server = new FakeMlflow();
        events = new UploaderFixture(folder);
    }

    @AfterEach
    void close() {
        events.close();
        server.close();
    }

    @Test
    void deliversARunWithEverythingInIt() throws IOException {
        events.start(RUN);
        events.append(
                new RunEvent.Param(RUN, AT, "lr", "0.1"),
                new RunEvent.Metric(RUN, "precisão", new MetricPoint(0.5, 3, AT)),
                new RunEvent.Metric(RUN, "m", new MetricPoint(Double.NaN, 0, AT)),
                new RunEvent.Tag(RUN, AT, "t", "a"),
                new RunEvent.Tag(RUN, AT, "t", "b"));
        artifact("dir/relatório (1).md", "# olá");
        events.end(RUN);
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().delivered()).isEqualTo(8);
        }
        FakeMlflow.ServerRun run = server.onlyRun();
        assertThat(server.experiments).containsKey("experiment");
        assertThat(run.params).containsExactly(Map.entry("lr", "0.1"));
        assertThat(run.points).containsExactly("m 1795341600123 0 NaN", "precisão 1795341600123 3 0.5");
        assertThat(run.tags)
                .containsEntry("t", "b")
                .containsEntry("melancia.run_id", RUN)
                .containsEntry("mlflow.runName", "name");
        assertThat(run.artifacts.get("dir/relatório (1).md"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("# olá");
        assertThat(run.status).isEqualTo("FINISHED");
    }

    @Test
    void mergesWhatWaitsIntoFewRequestsWithinTheLimits() {
        events.start(RUN);
        events.metrics(RUN, "m", 0, 2_400);
        for (int i = 0; i < 150; i++) {
            events.append(new RunEvent.Param(RUN, AT, "p" + i, "v"), new RunEvent.Tag(RUN, AT, "t" + i, "v"));
        }
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isZero();
        }
        assertThat(server.onlyRun().points).hasSize(2_400);
        assertThat(server.onlyRun().params).hasSize(150);
        assertThat(server.onlyRun().tags).hasSize(150 + 3);
        assertThat(server.count("runs/log-batch")).isLessThanOrEqualTo(5);
    }

    @Test
    void aServerErrorInHtmlIsRetriedAndSaidOnce() {
        int[] left = {30};
        server.fault =
                (path, body) -> left[0]-- > 0 ? FakeMlflow.Reply.text(500, "<html>Internal Server Error</html>") : null;
        events.start(RUN);
        events.metrics(RUN, "m", 0, 10);
        try (Warnings warnings = new Warnings();
                MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().failedAttempts()).isGreaterThanOrEqualTo(30);
            assertThat(uploader.stats().problem()).isEmpty();
            assertThat(warnings.lines()).singleElement().asString().contains("was answered 500");
        }
        assertThat(server.onlyRun().points).hasSize(10);
    }

    @Test
    void theServersRetryAfterIsHonoured() {
        int[] left = {1};
        server.fault = (path, body) ->
                left[0]-- > 0 ? new FakeMlflow.Reply(429, "slow down", Map.of("Retry-After", "1")) : null;
        events.start(RUN);
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            Awaitility.await().until(() -> uploader.stats().failedAttempts() == 1);
            assertThat(uploader.flush(Duration.ofMillis(200))).isFalse();
            assertThat(server.runs).isEmpty();
            assertThat(uploader.flush(LONG)).isTrue();
        }
        assertThat(server.onlyRun().status).isEqualTo("RUNNING");
    }

    @Test
    void onePoisonedItemIsSetAsideAndTheRestArrives() throws IOException {
        server.fault = (path, body) ->
                body.contains("\"poison\"") ? FakeMlflow.Reply.json(400, "INVALID_PARAMETER_VALUE", "no: 777") : null;
        events.start(RUN);
        events.metrics(RUN, "before", 0, 300);
        events.append(new RunEvent.Metric(RUN, "poison", new MetricPoint(777, 0, AT)));
        events.metrics(RUN, "after", 0, 300);
        events.end(RUN);
        try (Warnings warnings = new Warnings();
                MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(1);
            assertThat(uploader.stats().delivered()).isEqualTo(602);
            assertThat(warnings.lines())
                    .singleElement()
                    .asString()
                    .contains("metric poison", RUN, "400 INVALID_PARAMETER_VALUE")
                    .doesNotContain("no: 777");
        }
        assertThat(server.onlyRun().points).hasSize(600);
        assertThat(server.onlyRun().status).isEqualTo("FINISHED");
        assertThat(rejected()).contains("\"key\":\"poison\"", "no: 777");
    }

    @Test
    void aCreationWhoseAnswerIsLostMakesOneRun() {
        int[] left = {3};
        server.fault = (path, body) -> path.equals("runs/create") && left[0]-- > 0 ? FakeMlflow.DROP_AFTER : null;
        events.start(RUN);
        events.metrics(RUN, "m", 0, 5);
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
        }
        assertThat(server.onlyRun().points).hasSize(5);
        assertThat(server.count("runs/create")).isEqualTo(1);
    }

    @Test
    void aBatchWhoseAnswerIsLostIsStoredOnce() {
        int[] left = {5};
        server.fault = (path, body) -> path.equals("runs/log-batch") && left[0]-- > 0 ? FakeMlflow.DROP_AFTER : null;
        events.start(RUN);
        events.metrics(RUN, "m", 0, 1_500);
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
        }
        assertThat(server.onlyRun().points).hasSize(1_500);
    }

    @Test
    void wrongCredentialsSetNothingAside() {
        AtomicReference<FakeMlflow.Reply> answer =
                new AtomicReference<>(FakeMlflow.Reply.text(401, "You are not authenticated."));
        server.fault = (path, body) -> answer.get();
        events.start(RUN);
        try (Warnings warnings = new Warnings();
                MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            Awaitility.await().until(() -> uploader.stats().failedAttempts() > 3);
            answer.set(FakeMlflow.Reply.text(404, "<html>nginx</html>"));
            Awaitility.await().until(() -> uploader.stats().problem().orElse("").contains("404"));
            assertThat(uploader.stats().setAside()).isZero();
            answer.set(null);
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(warnings.lines()).hasSize(2);
        }
        assertThat(server.runs).hasSize(1);
    }

    @Test
    void aConflictInTheDatabaseIsTriedOnceMore() {
        int[] conflicts = {0};
        server.fault = (path, body) -> {
            boolean poisoned = body.contains("\"poison\"");
            return path.equals("runs/log-batch") && (poisoned || conflicts[0]++ == 0)
                    ? FakeMlflow.Reply.json(400, "BAD_REQUEST", "UNIQUE constraint failed: params")
                    : null;
        };
        events.start(RUN);
        events.append(metric(RUN, "m", 0), metric(RUN, "poison", 0), metric(RUN, "m", 1));
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(1);
        }
        assertThat(server.onlyRun().points).hasSize(2);
    }

    @Test
    void aRunDeletedOnTheServerIsSetAsideAsAWhole() {
        events.start(RUN);
        try (Warnings warnings = new Warnings();
                MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            server.onlyRun().deleted = true;
            events.metrics(RUN, "m", 0, 500);
            events.start(runId(2));
            events.metrics(runId(2), "m", 0, 3);
            assertThat(uploader.flush(LONG)).isTrue();
            events.metrics(RUN, "m", 500, 510);
            events.end(RUN);
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(511);
            assertThat(warnings.lines()).singleElement().asString().contains("deleted on the server");
        }
        assertThat(server.runs.get("server2").points).hasSize(3);
    }

    @Test
    void aDeletedExperimentHoldsUpNobodyElse() {
        server.experiments.put("experiment", "1");
        server.deletedExperiments.add("experiment");
        events.start(RUN);
        events.metrics(RUN, "m", 0, 3);
        events.append(new RunEvent.Started(runId(2), AT, "good", "name"), metric(runId(2), "m", 0));
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(4);
        }
        assertThat(server.onlyRun().points).hasSize(1);
    }

    @Test
    void anArtifactThatCannotBeDeliveredIsSetAside() throws IOException {
        server.artifactRoot = "s3://bucket/";
        events.start(RUN);
        events.append(new RunEvent.Artifact(RUN, AT, "gone.txt", 3));
        artifact("there.txt", "x");
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(2);
        }
        assertThat(rejected()).contains("the file is gone", "store of scheme \\\"s3\\\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:\\mlruns\\", "mlflow-artifacts://other/", "mlflow-artifacts:opaque/", "./mlruns/"})
    void anArtifactPlaceWeCannotReachHoldsUpNobodyElse(String root) throws IOException {
        server.artifactRoot = root;
        events.start(RUN);
        artifact("there.txt", "x");
        events.metrics(RUN, "m", 0, 3);
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(1);
        }
        assertThat(server.onlyRun().points).hasSize(3);
        assertThat(rejected()).contains("does not speak to");
    }

    @Test
    void aLaterUploaderGoesOnWhereTheFirstStopped() {
        events.start(RUN);
        events.metrics(RUN, "m", 0, 10);
        try (MlflowUploader first = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(first.flush(LONG)).isTrue();
        }
        long before = server.requests.size();
        events.metrics(RUN, "m", 10, 20);
        try (MlflowUploader second = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(second.flush(LONG)).isTrue();
            assertThat(second.stats().delivered()).isEqualTo(10);
        }
        assertThat(server.requests.size() - before).isEqualTo(1);
        assertThat(server.onlyRun().points).hasSize(20);
    }

    @Test
    void aDamagedUploadStateMeansASecondDeliveryThatChangesNothing() throws IOException {
        events.start(RUN);
        events.metrics(RUN, "m", 0, 10);
        events.end(RUN);
        for (String damaged : List.of("", "{\"v\":1,\"segm", "{\"segments\":{\"x\":-1}}")) {
            try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
                assertThat(uploader.flush(LONG)).isTrue();
                UploadStats stats = uploader.stats();
                assertThat(stats.delivered()).isEqualTo(12);
                assertThat(stats.setAside() + stats.failedAttempts() + stats.damaged())
                        .isZero();
                assertThat(stats.problem()).isEmpty();
                assertThat(stats.lastSuccess()).isPresent();
                assertThat(stats.waitingBytes()).hasValue(0);
            }
            Files.writeString(file("state.json"), damaged);
        }
        assertThat(server.onlyRun().points).hasSize(10);
        assertThat(server.onlyRun().status).isEqualTo("FINISHED");
    }

    @Test
    void whoeverAsksForFiguresIsNotToldOfADamagedState() throws IOException {
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            events.start(RUN);
            assertThat(uploader.flush(LONG)).isTrue();
            Files.writeString(file("state.json"), "{\"v\":1,\"segm");
            try (Warnings warnings = new Warnings()) {
                assertThat(uploader.stats().waitingBytes().orElseThrow()).isPositive();
                assertThat(warnings.lines()).isEmpty();
            }
        }
    }

    @Test
    void aSecondCloseRepeatsWhatTheFirstSaid() {
        server.fault = (path, body) -> FakeMlflow.Reply.text(503, "down");
        events.start(RUN);
        MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()));
        assertThat(uploader.close(Duration.ofMillis(50))).isFalse();
        assertThat(uploader.close(Duration.ofMillis(50))).isFalse();
    }

    @Test
    void twoUploadersOfAFolderTakeTurns() {
        events.start(RUN);
        try (MlflowUploader first = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(first.flush(LONG)).isTrue();
            try (MlflowUploader second = MlflowUploader.start(folder, settings(server.uri()))) {
                events.metrics(RUN, "m", 0, 10);
                assertThat(second.flush(LONG)).isTrue();
                assertThat(second.stats().delivered()).isZero();
                assertThat(first.close(LONG)).isTrue();
                events.metrics(RUN, "m", 10, 20);
                assertThat(second.flush(LONG)).isTrue();
                assertThat(second.stats().delivered()).isEqualTo(10);
            }
        }
        assertThat(server.onlyRun().points).hasSize(20);
    }

    @Test
    void foreignAndBrokenLinesHoldUpNothing() {
        events.journal.append("{\"v\":1,\"type\":\"call\"}");
        events.start(RUN);
        events.journal.append("{\"v\":1,\"type\":\"metric\",\"run\":\"" + RUN
                + "\",\"at\":0,\"key\":\"a@b\",\"value\":1,\"step\":0}");
        events.append(metric(runId(9), "orphan", 0));
        events.metrics(RUN, "m", 0, 2);
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(2);
        }
        assertThat(server.onlyRun().points).hasSize(2);
    }

    @Test
    void damageOfTheJournalIsCounted() throws IOException {
        // The number of the process is beyond what Linux hands out.
        Files.writeString(folder.resolve("0000000000000001-1099511627776-00000007.jsonl"), "damaged\n{\"c\":");
        events.start(RUN);
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().damaged()).isEqualTo(2);
            assertThat(uploader.stats().setAside()).isZero();
        }
    }

    @Test
    void thereIsOneDaemonThreadAndItEndsWithTheUploader() {
        try (MlflowUploader uploader = MlflowUploader.start(folder, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(threads()).hasSize(1).allMatch(Thread::isDaemon);
        }
        assertThat(threads()).isEmpty();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("melancia-mlflow-uploader"))
                .toList();
    }

    private void artifact(String path, String text) throws IOException {
        RunEvent.Artifact artifact = new RunEvent.Artifact(RUN, AT, path, text.length());
        Path file = ArtifactFolder.file(folder, artifact);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        events.append(artifact);
    }

    private Path file(String name) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    private String rejected() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().contains("rejected") && Files.isRegularFile(f))
                    .toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void theCredentialsAreSentWithEveryRequest() throws java.io.IOException {
        try (FakeMlflow server = new FakeMlflow();
                UploaderFixture events = new UploaderFixture(folder);
                MlflowUploader uploader = MlflowUploader.start(
                        folder,
                        UploaderFixture.quick(server.uri()).bearer("tok").build())) {
            events.start(UploaderFixture.runId(1));
            assertThat(uploader.flush(UploaderFixture.LONG)).isTrue();
            assertThat(server.authorizations).containsExactly("Bearer tok");
        }
    }
}
