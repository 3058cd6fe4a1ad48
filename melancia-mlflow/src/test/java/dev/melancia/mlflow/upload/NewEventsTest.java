package dev.melancia.mlflow.upload;

import static dev.melancia.mlflow.upload.UploaderFixture.AT;
import static dev.melancia.mlflow.upload.UploaderFixture.LONG;
import static dev.melancia.mlflow.upload.UploaderFixture.assessed;
import static dev.melancia.mlflow.upload.UploaderFixture.metric;
import static dev.melancia.mlflow.upload.UploaderFixture.runId;
import static dev.melancia.mlflow.upload.UploaderFixture.settings;
import static dev.melancia.mlflow.upload.UploaderFixture.spans;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TraceTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families of runs, runs that go on, datasets, traces and assessments. */
class NewEventsTest {

    private static final String RUN = runId(1);
    private static final String OTHER = runId(2);

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
    void aNestedRunIsTaggedWithTheServersIdOfItsParentEvenWhenThatEndedBeforeARestart() {
        events.start(RUN);
        events.end(RUN);
        deliver(0);
        events.start(OTHER);
        events.append(new RunEvent.Nested(OTHER, AT, RUN));
        deliver(0);
        assertThat(server.runs.get("server2").tags).containsEntry("mlflow.parentRunId", "server1");
    }

    @Test
    void aNestedRunWithoutAParentGoesOnAlone() {
        events.start(RUN);
        events.append(new RunEvent.Nested(RUN, AT, OTHER), metric(RUN, "m", 0));
        deliver(1);
        assertThat(server.onlyRun().points).hasSize(1);
    }

    @Test
    void aRunIsResumedFromAnotherFolder(@TempDir Path elsewhere) {
        events.start(RUN);
        events.end(RUN);
        deliver(0);
        try (UploaderFixture there = new UploaderFixture(elsewhere)) {
            there.append(new RunEvent.Resumed(RUN, AT, "experiment"), metric(RUN, "m", 0));
            deliver(elsewhere, 0);
        }
        assertThat(server.onlyRun().status).isEqualTo("RUNNING");
        assertThat(server.onlyRun().points).hasSize(1);
    }

    @Test
    void aRunResumedBeforeItsStartIsDeliveredIsOneRunWithTheNameOfItsStart(@TempDir Path elsewhere) {
        try (UploaderFixture there = new UploaderFixture(elsewhere)) {
            there.append(new RunEvent.Resumed(RUN, AT, "experiment"), metric(RUN, "m", 0));
            deliver(elsewhere, 0);
        }
        events.start(RUN);
        events.append(metric(RUN, "m", 1));
        deliver(0);
        assertThat(server.onlyRun().points).hasSize(2);
        assertThat(server.onlyRun().tags).containsEntry("mlflow.runName", "name");
    }

    @Test
    void whatComesAfterTheEndIsDeliveredToTheSameRunAlsoAfterARestart() {
        events.start(RUN);
        events.end(RUN);
        events.append(metric(RUN, "m", 0));
        deliver(0);
        events.append(metric(RUN, "m", 1));
        deliver(0);
        assertThat(server.onlyRun().points).hasSize(2);
        assertThat(server.onlyRun().status).isEqualTo("FINISHED");
    }

    @Test
    void aStartReadBehindWhatAnotherProcessRecordedToItsRunComesFirst() {
        events.append(metric(RUN, "m", 0));
        events.start(RUN);
        deliver(0);
        assertThat(server.onlyRun().points).hasSize(1);
    }

    @Test
    void aRunThatSomebodyDeletedIsNotMadeAnewWhenTheStateIsLost() throws IOException {
        events.start(RUN);
        events.append(metric(RUN, "m", 0));
        deliver(0);
        server.onlyRun().deleted = true;
        events.append(new RunEvent.Resumed(RUN, AT, "experiment"));
        try (var files = java.nio.file.Files.walk(folder)) {
            java.nio.file.Files.delete(files.filter(file -> file.endsWith("state.json"))
                    .findFirst()
                    .orElseThrow());
        }
        deliver(3);
        assertThat(server.runs).hasSize(1);
    }

    @Test
    void aDatasetIsAnInputOfItsRun() {
        DatasetInput dataset = DatasetInput.builder("perguntas", "abc")
                .source("local", "{\"path\":\"q.csv\"}")
                .context("eval")
                .schema("{\"mlflow_colspec\":[]}")
                .build();
        events.start(RUN);
        events.append(new RunEvent.Dataset(RUN, AT, dataset));
        deliver(0);
        assertThat(server.onlyRun().inputs)
                .singleElement()
                .asString()
                .contains(
                        "{\"name\":\"perguntas\",\"digest\":\"abc\",\"source_type\":\"local\"",
                        "\"source\":\"{\\\"path\\\":\\\"q.csv\\\"}\"",
                        "\"schema\":\"{",
                        "{\"key\":\"mlflow.data.context\",\"value\":\"eval\"}");
    }

    @Test
    void spansOfOneExperimentAndRunShareARequest() {
        events.start(RUN);
        for (int i = 0; i < 150; i++) {
            events.append(spans(target(i, true), "root"));
        }
        events.append(spans(target(900, false), "root"));
        deliver(0);
        assertThat(server.traces.posts).containsExactly("100 of 1 server1", "50 of 1 server1", "1 of 1 null");
        assertThat(server.traces.spans).hasSize(151);
    }

    @Test
    void onePoisonedTraceIsSetAsideAndTheRestArrives() {
        server.fault = (path, body) -> path.equals("/v1/traces") && body.contains("poison")
                ? FakeMlflow.Reply.text(422, "{\"detail\":\"Cannot convert\"}")
                : null;
        for (int i = 0; i < 20; i++) {
            events.append(spans(target(i, false), i == 7 ? "poison" : "root"));
        }
        events.append(new TraceEvent.Spans(target(50, false), AT, "{\"resourceSpans\":7}"));
        deliver(2);
        assertThat(server.traces.spans).hasSize(19);
    }

    @Test
    void aTraceThatBreaksTheServerIsSetAsideOnceTheServerTakesOtherThings() {
        int[] probes = {0};
        server.fault = (path, body) -> {
            boolean broken = path.contains("set-experiment-tag") && probes[0]++ < 2;
            return broken || (path.equals("/v1/traces") && body.contains("poison"))
                    ? FakeMlflow.Reply.text(500, "Internal Server Error")
                    : null;
        };
        for (int i = 0; i < 5; i++) {
            events.append(spans(target(i, false), i == 3 ? "poison" : "root"));
        }
        deliver(1);
        assertThat(server.traces.spans).hasSize(4);
        assertThat(probes[0]).isEqualTo(3);
    }

    @Test
    void tracesOfARunThatIsNowhereGoWithoutIt() {
        events.append(spans(target(1, true), "root"));
        try (Warnings warnings = new Warnings()) {
            deliver(0);
            assertThat(warnings.lines()).singleElement().asString().contains("without it", RUN);
        }
        assertThat(server.traces.posts).containsExactly("1 of 1 null");
    }

    @Test
    void anAssessmentGoesToItsTraceAndNamesTheServersRun() {
        events.start(RUN);
        events.append(assessed(target(1, true), "a-1"), spans(target(1, true), "root"));
        deliver(0);
        assertThat(server.traces.assessments.get("a-1").toString())
                .contains("\"trace_id\":\"tr-" + runId(1001), "{\"mlflow.assessment.sourceRunId\":\"server1\"}");
    }

    @Test
    void anAssessmentWhoseAnswerIsLostIsMadeOnce() {
        int[] left = {1};
        server.fault = (path, body) -> path.endsWith("/assessments") && left[0]-- > 0 ? FakeMlflow.DROP_AFTER : null;
        events.append(spans(target(1, false), "root"), assessed(target(1, false), "a-1"));
        deliver(0);
        assertThat(server.traces.assessments).hasSize(1);
    }

    @Test
    void anAssessmentOfNoTraceAndOneWithoutAnIdAreSetAside() {
        events.append(
                assessed(target(1, false), "a-1"),
                new TraceEvent.Assessed(target(1, false), AT, "{}"),
                new RunEvent.Started(RUN, AT, "experiment", "name"),
                new RunEvent.Ended(RUN, AT, RunOutcome.KILLED));
        deliver(2);
        assertThat(server.onlyRun().status).isEqualTo("KILLED");
    }

    private static TraceTarget target(int trace, boolean ofRun) {
        return new TraceTarget(runId(1000 + trace), "experiment", ofRun ? Optional.of(RUN) : Optional.empty());
    }

    private void deliver(int setAside) {
        deliver(folder, setAside);
    }

    private void deliver(Path store, int setAside) {
        try (MlflowUploader uploader = MlflowUploader.start(store, settings(server.uri()))) {
            assertThat(uploader.flush(LONG)).isTrue();
            assertThat(uploader.stats().setAside()).isEqualTo(setAside);
        }
    }
}
