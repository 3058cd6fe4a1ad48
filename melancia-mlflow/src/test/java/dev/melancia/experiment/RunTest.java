package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.mlflow.artifact.ArtifactTable;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.tracking.SourceFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static final String FIRST = "0000000000000001-1-00000000.jsonl";
    private static final String SECOND = "0000000000000002-1-00000000.jsonl";

    @TempDir
    Path temp;

    private ExperimentTracker tracker;

    @BeforeEach
    void openTracker() {
        tracker = tracker();
    }

    private ExperimentTracker tracker() {
        return ExperimentTracker.builder(temp.resolve("runs"))
                .experiment("e")
                .clock(InstantSource.fixed(NOW))
                .withoutOrigin()
                .build();
    }

    @AfterEach
    void closeTracker() {
        tracker.close();
    }

    @Test
    void aNestedRunKnowsItsParentAndHasAnEndOfItsOwn() {
        String child;
        try (Run run = tracker.startRun("parent")) {
            try (Run nested = run.startNested("child")) {
                child = nested.id();
                nested.metric("m", 1);
            }
            assertThat(tracker.find(child).orElseThrow().parentId()).contains(run.id());
            assertThat(tracker.find(child).orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
            assertThat(tracker.find(run.id()).orElseThrow().parentId()).isEmpty();
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        }
        Run over = tracker.startRun("over");
        over.close();
        assertThatThrownBy(() -> over.startNested("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nested run \"late\"");
    }

    @Test
    void theParentIsWrittenRightBehindTheStart() {
        try (Run run = tracker.startRun("parent");
                Run nested = run.startNested("child")) {
            List<String> lines = lines();
            assertThat(lines.get(1)).contains("run_started").contains(nested.id());
            assertThat(lines.get(2)).contains("run_nested").contains(run.id());
        }
    }

    @Test
    void aResumedRunKeepsItsParametersAndGoesOnBehindItsSteps() {
        String id;
        try (Run run = tracker.startRun("long")) {
            id = run.id();
            run.param("lr", "0.1");
            run.metric("m", 1);
            run.metric("m", 2, 41);
            run.table("t.json", List.of("a"), List.of());
            run.fail(new IOException("x"));
        }
        tracker.close();
        try (ExperimentTracker later =
                        ExperimentTracker.builder(temp.resolve("runs")).build();
                Run run = later.resume(id)) {
            assertThat(later.find(id).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
            assertThat(later.find(id).orElseThrow().endedAt()).isEmpty();
            assertThatThrownBy(() -> run.param("lr", 0.2)).hasMessageContaining("was \"0.1\", now \"0.2\"");
            run.param("lr", 0.1);
            run.metric("m", 3);
            run.table("u.json", List.of("a"), List.of());
            assertThat(later.history(id, "m")).extracting(MetricPoint::step).containsExactly(0L, 41L, 42L);
            assertThat(later.find(id).orElseThrow().tags().get("mlflow.loggedArtifacts"))
                    .contains("t.json", "u.json");
            assertThat(run.name()).isEqualTo("long");
            run.end(RunOutcome.FINISHED);
            assertThat(later.find(id).orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
        }
    }

    @Test
    void anUnknownRunCannotBeResumed() {
        assertThatThrownBy(() -> tracker.resume("0".repeat(32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such run")
                .hasMessageContaining(temp.toString());
    }

    /** As when the segment of the first process is read last. */
    @Test
    void whatIsReadAfterTheResumptionMayHaveHappenedBefore() {
        String id = "0".repeat(32);
        RunFold fold = new RunFold(SECOND, temp);
        fold.add(new RunEvent.Resumed(id, NOW.plusSeconds(9), "e"), SECOND);
        fold.add(new RunEvent.Metric(id, "m", new MetricPoint(2, 1, NOW.plusSeconds(9))), SECOND);
        assertThat(fold.hasStarted()).isFalse();
        fold.add(new RunEvent.Started(id, NOW, "e", "n"), FIRST);
        fold.add(new RunEvent.Metric(id, "m", new MetricPoint(1, 0, NOW)), FIRST);
        fold.add(new RunEvent.Ended(id, NOW, RunOutcome.KILLED), FIRST);
        assertThat(fold.endedAt).isNull();
        assertThat(fold.snapshot().metrics().get("m").count()).isEqualTo(2);
        fold.add(new RunEvent.Ended(id, NOW.plusSeconds(10), RunOutcome.KILLED), SECOND);
        assertThat(fold.endedAt).isEqualTo(NOW.plusSeconds(10));
        assertThat(fold.snapshot().status()).isEqualTo(RunStatus.KILLED);
    }

    @Test
    void theEnvironmentNamesTheRunToResumeOnce() {
        Run before = tracker.startRun("before");
        before.close();
        Map<String, String> environment = Map.of("MLFLOW_RUN_ID", before.id(), "MLFLOW_EXPERIMENT_NAME", "e");
        try (ExperimentTracker other = ExperimentTracker.fromEnvironment(temp.resolve("runs"), environment);
                Run first = other.startRun("any name");
                Run second = other.startRun("another")) {
            assertThat(first.id()).isEqualTo(before.id());
            assertThat(second.id()).isNotEqualTo(before.id());
        }
        assertThatThrownBy(() -> ExperimentTracker.fromEnvironment(temp, Map.of("MLFLOW_EXPERIMENT_ID", "7")))
                .hasMessageContaining("MLFLOW_TRACKING_URI")
                .hasMessageContaining("set MLFLOW_EXPERIMENT_NAME");
    }

    @Test
    void aRunOfTheEnvironmentThatIsNotInTheFolderIsToldEachTime() {
        Map<String, String> environment = Map.of("MLFLOW_RUN_ID", "f".repeat(32), "MLFLOW_EXPERIMENT_NAME", "e");
        try (ExperimentTracker other = ExperimentTracker.fromEnvironment(temp.resolve("runs"), environment)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> other.startRun("any name"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("MLFLOW_RUN_ID must be the id of a run in the folder")
                        .hasMessageContaining("melancia.run_id");
            }
        }
    }

    @Test
    void theOriginIsPartOfTheStartUnlessSwitchedOff() {
        try (ExperimentTracker usual =
                        ExperimentTracker.builder(temp.resolve("usual")).build();
                Run run = usual.startRun("from here")) {
            assertThat(usual.find(run.id()).orElseThrow().tags()).containsKey("mlflow.source.type");
        }
        try (Run run = tracker.startRun("from nowhere")) {
            assertThat(tracker.find(run.id()).orElseThrow().tags()).isEmpty();
        }
        Map<String, String> context = Map.of("MLFLOW_RUN_CONTEXT", "{\"bad@key\":\"x\",\"good\":\"y\"}");
        assertThat(SourceFacts.of(context, temp, "", "").tags())
                .containsOnly(Map.entry("good", "y"), Map.entry("mlflow.source.type", "LOCAL"));
    }

    @Test
    void datasetsAreKeptOnce() {
        DatasetInput questions =
                DatasetInput.builder("questions", "abc").context("eval").build();
        try (Run run = tracker.startRun("data")) {
            run.dataset(questions);
            run.dataset(questions);
            run.dataset(DatasetInput.builder("questions", "def").build());
            assertThat(tracker.find(run.id()).orElseThrow().datasets())
                    .extracting(DatasetInput::digest)
                    .containsExactly("abc", "def");
        }
    }

    @Test
    void aMetricMayHaveATimeOfItsOwn() {
        Instant earlier = NOW.minusSeconds(60);
        try (Run run = tracker.startRun("times")) {
            run.metric("m", new MetricPoint(1.5, 3, earlier));
            run.metric("m", 2);
            assertThat(tracker.history(run.id(), "m"))
                    .containsExactly(new MetricPoint(1.5, 3, earlier), new MetricPoint(2, 4, NOW));
        }
    }

    @Test
    void parametersOfAMapAreSetTogetherOrNotAtAll() {
        try (Run run = tracker.startRun("params")) {
            run.param("a", 1);
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("b", 2);
            values.put("a", 3);
            assertThatThrownBy(() -> run.params(values)).hasMessageContaining("was \"1\", now \"3\"");
            assertThat(tracker.find(run.id()).orElseThrow().params()).containsOnlyKeys("a");
            run.params(Map.of("a", 1, "c", true));
            assertThat(tracker.find(run.id()).orElseThrow().params())
                    .containsExactly(Map.entry("a", "1"), Map.entry("c", "true"));
        }
    }

    @Test
    void aTableIsAFileAndATagThatListsAllTables() throws IOException {
        try (Run run = tracker.startRun("tables")) {
            run.table(
                    "dir/answers.json",
                    List.of("q", "score", "ok"),
                    List.of(Arrays.asList("2+2 = \"4\"", 0.5, true), Arrays.asList(null, Double.NaN, NOW)));
            run.table("second.json", List.of("a"), List.of());
            run.table("dir/answers.json", List.of("q"), List.of(List.of("again")));
            RecordedRun read = tracker.find(run.id()).orElseThrow();
            assertThat(read.tags().get("mlflow.loggedArtifacts"))
                    .isEqualTo("[{\"path\":\"dir/answers.json\",\"type\":\"table\"},"
                            + "{\"path\":\"second.json\",\"type\":\"table\"}]");
            assertThat(Files.readString(read.artifacts().get("dir/answers.json"))
                            .replaceAll("\\s", ""))
                    .isEqualTo("{\"columns\":[\"q\"],\"data\":[[\"again\"]]}");
            assertThatThrownBy(() -> run.table("x.json", List.of("a", "b"), List.of(List.of(1, 2), List.of(1))))
                    .hasMessageContaining("row 1 must have 2 values");
            assertThatThrownBy(() -> run.table("x.csv", List.of(), List.of())).hasMessageContaining(".json");
        }
    }

    @Test
    void whatJsonCannotSayIsEmptyInATable() {
        String json = new String(
                ArtifactTable.of(
                                List.of("a", "b", "c", "d"),
                                List.of(Arrays.asList(null, Float.NaN, Double.NEGATIVE_INFINITY, NOW)))
                        .json(),
                StandardCharsets.UTF_8);
        assertThat(json.replaceAll("\\s", "")).endsWith("[[null,null,null,\"2026-11-22T10:00:00Z\"]]}");
    }

    @Test
    void jsonIsWrittenAsAFile() throws IOException {
        try (Run run = tracker.startRun("json")) {
            run.json("config.json", Map.of("model", List.of("a", 1)));
            Path file = tracker.find(run.id()).orElseThrow().artifacts().get("config.json");
            assertThat(Files.readString(file).replaceAll("\\s", "")).isEqualTo("{\"model\":[\"a\",1]}");
            assertThatThrownBy(() -> run.json("x.json", new Object()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be written as JSON");
        }
    }

    @Test
    void aFolderIsStoredWithItsSubfoldersOrNotAtAll() throws IOException {
        Path folder =
                Files.createDirectories(temp.resolve("plots").resolve("deep")).getParent();
        Files.writeString(folder.resolve("a.txt"), "a");
        Files.writeString(folder.resolve("deep").resolve("b.txt"), "b");
        try (Run run = tracker.startRun("folder")) {
            run.artifacts("all", folder);
            run.artifacts("", folder.resolve("deep"));
            assertThat(tracker.recorded().artifacts(run.id(), ""))
                    .containsExactly("all/a.txt", "all/deep/b.txt", "b.txt");
            assertThat(tracker.recorded().artifacts(run.id(), "all/deep")).containsExactly("all/deep/b.txt");
            assertThat(tracker.recorded().open(run.id(), "all/deep/b.txt")).hasContent("b");
            Files.writeString(folder.resolve("bad\\name"), "x");
            assertThatThrownBy(() -> run.artifacts("again", folder)).hasMessageContaining("artifact path");
            assertThat(tracker.recorded().artifacts(run.id(), "again")).isEmpty();
            assertThatThrownBy(() -> run.artifacts("x", folder.resolve("a.txt")))
                    .hasMessageContaining("must be a folder");
            assertThatThrownBy(() -> tracker.recorded().open(run.id(), "none"))
                    .hasMessageContaining("no artifact \"none\"");
        }
    }

    @Test
    void theMessageOfAFailureIsKeptOnlyWhenAskedFor() {
        Run run = tracker.startRun("told");
        run.failWithMessage(new IOException("disk " + "x".repeat(9000)));
        RecordedRun read = tracker.find(run.id()).orElseThrow();
        assertThat(read.status()).isEqualTo(RunStatus.FAILED);
        assertThat(read.tags().get("melancia.error")).isEqualTo("java.io.IOException");
        assertThat(read.tags().get("melancia.error.message"))
                .startsWith("disk xxx")
                .hasSize(8000);
    }

    @Test
    void aBrokenMessageIsMended() {
        Run run = tracker.startRun("broken");
        run.failWithMessage(new IOException("a\0b\uD83D"));
        assertThat(tracker.find(run.id()).orElseThrow().tags().get("melancia.error.message"))
                .isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void workThatThrowsEndsItsRunAsFailed() throws IOException {
        assertThatThrownBy(() -> tracker.inRun("bad", run -> {
                    throw new IOException("secret");
                }))
                .isInstanceOf(IOException.class);
        tracker.inRun("good", run -> run.metric("m", 1));
        assertThat(tracker.runs())
                .extracting(RecordedRun::status)
                .containsExactlyInAnyOrder(RunStatus.FAILED, RunStatus.FINISHED);
        assertThat(lines()).noneMatch(line -> line.contains("secret"));
    }

    @Test
    void anErrorEndsTheRunAsFailedToo() {
        assertThatThrownBy(() -> tracker.inRun("bad", run -> {
                    throw new AssertionError("quality is too low");
                }))
                .isInstanceOf(AssertionError.class);
        RecordedRun read = tracker.runs().get(0);
        assertThat(read.status()).isEqualTo(RunStatus.FAILED);
        assertThat(read.tags()).containsEntry("melancia.error", "java.lang.AssertionError");
    }

    @Test
    void aSynchronousTrackerNeedsAServer() {
        assertThatThrownBy(() -> ExperimentTracker.builder(temp)
                        .synchronous(java.time.Duration.ofSeconds(1))
                        .build())
                .hasMessageContaining("must have a server");
    }

    private List<String> lines() {
        JournalReader reader = new JournalReader(temp.resolve("runs"), JournalPosition.START);
        List<String> lines = new ArrayList<>();
        for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            lines.add(new String(next.get().json(), StandardCharsets.UTF_8));
        }
        return lines;
    }
}
