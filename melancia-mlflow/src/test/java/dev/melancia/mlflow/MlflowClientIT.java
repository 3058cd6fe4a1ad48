package dev.melancia.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.tracking.ActiveRun;
import dev.melancia.mlflow.tracking.Experiment;
import dev.melancia.mlflow.tracking.Lifecycle;
import dev.melancia.mlflow.tracking.NewRun;
import dev.melancia.mlflow.tracking.RealServer;
import dev.melancia.mlflow.tracking.RunBatch;
import dev.melancia.mlflow.tracking.RunSearch;
import dev.melancia.mlflow.tracking.ServerRun;
import dev.melancia.mlflow.tracking.SourceFacts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service;

/** A real MLflow server, read back by MLflow's own Java client and by plain HTTP. */
class MlflowClientIT {

    private static final Instant START = Instant.parse("2026-11-30T10:00:00.123Z");

    private final String experiment = RealServer.name();
    private RealServer server;
    private MlflowClient client;
    private org.mlflow.tracking.MlflowClient reader;

    @BeforeEach
    void connect() {
        server = RealServer.find();
        SourceFacts source = SourceFacts.of(Map.of(), Path.of("nowhere"), "ana", "br.loja.Treino");
        client = MlflowClient.builder(MlflowSettings.builder(server.uri()).build())
                .source(source)
                .build();
        reader = new org.mlflow.tracking.MlflowClient(server.uri().toString());
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
            reader.close();
        }
    }

    @Test
    void whatARunRecordsIsOnTheServerAtOnce() throws Exception {
        String id;
        try (ActiveRun run = client.startRun(experiment, "primeira execução")) {
            id = run.id();
            run.param("modelo/nome", "日本");
            run.params(Map.of("a", 1, "vazio", ""));
            run.metric("precisão", 0.1 + 0.2);
            run.metric("precisão", Double.NaN);
            run.metric("precisão", 0.5, 7);
            run.metric("precisão", 0.75);
            run.metrics(Map.of("infinito", Double.POSITIVE_INFINITY, "x", -1.0));
            run.tag("fase", "produção");
            assertThat(run.status()).isEqualTo(ServerRun.Status.RUNNING);
            assertThat(reader.getRun(id).getInfo().getStatus()).isEqualTo(Service.RunStatus.RUNNING);
        }
        Service.Run read = reader.getRun(id);
        assertThat(read.getInfo().getStatus()).isEqualTo(Service.RunStatus.FINISHED);
        assertThat(read.getInfo().getEndTime()).isPositive();
        assertThat(read.getInfo().getRunName()).isEqualTo("primeira execução");
        assertThat(params(read))
                .containsOnly(Map.entry("modelo/nome", "日本"), Map.entry("a", "1"), Map.entry("vazio", ""));
        assertThat(tags(read))
                .containsEntry("fase", "produção")
                .containsEntry("mlflow.user", "ana")
                .containsEntry("mlflow.source.name", "br.loja.Treino")
                .containsEntry("mlflow.source.type", "LOCAL");
        assertThat(reader.getMetricHistory(id, "precisão"))
                .extracting(Service.Metric::getStep, Service.Metric::getValue)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(0L, 0.1 + 0.2),
                        org.assertj.core.groups.Tuple.tuple(1L, Double.NaN),
                        org.assertj.core.groups.Tuple.tuple(7L, 0.5),
                        org.assertj.core.groups.Tuple.tuple(8L, 0.75));
        assertThat(client.runs().read(id).metrics().get("infinito").value()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void aBatchOfAnySizeIsSplitAndReadBackPageByPage() {
        int points = 10_000;
        String id = client.runs()
                .create(NewRun.builder(client.experiments().idOf(experiment)).build())
                .id();
        RunBatch.Builder batch = RunBatch.builder();
        for (int i = 0; i < points; i++) {
            double value = i % 1000 == 7 ? Double.NaN : i % 1000 == 8 ? Double.NEGATIVE_INFINITY : i / 8.0;
            batch.metric("perda", new MetricPoint(value, i, START.plusMillis(i)));
        }
        IntStream.range(0, 250).forEach(i -> batch.param("p " + i, i).tag("t " + i, "v" + i));
        RunBatch built = batch.build();
        client.runs().log(id, built);
        client.runs().log(id, built);
        List<MetricPoint> history = client.runs().history(id, "perda");
        assertThat(history).hasSize(points);
        assertThat(history.stream().filter(point -> Double.isNaN(point.value())))
                .hasSize(10);
        assertThat(history.stream().filter(point -> point.value() == -Double.MAX_VALUE))
                .hasSize(10);
        assertThat(history)
                .filteredOn(point -> point.value() >= 0)
                .hasSize(points - 20)
                .allMatch(point ->
                        point.value() == point.step() / 8.0 && point.at().equals(START.plusMillis(point.step())));
        Service.Run read = reader.getRun(id);
        assertThat(params(read)).hasSize(250).containsEntry("p 249", "249");
        assertThat(tags(read)).containsEntry("t 249", "v249");
        assertThat(reader.getMetricHistory(id, "perda")).hasSize(points);
    }

    @Test
    void nestedRunsNameTheirParentAndAResumedRunGoesOn() {
        String outer;
        String inner;
        try (ActiveRun run = client.startRun(experiment, "outer");
                ActiveRun nested = run.startNested("inner")) {
            outer = run.id();
            inner = nested.id();
            run.metric("loss", 3, 41);
        }
        assertThat(tags(reader.getRun(inner)))
                .containsEntry("mlflow.parentRunId", outer)
                .containsEntry("mlflow.user", "ana");
        assertThat(client.runs().read(inner).parentId()).contains(outer);
        try (ActiveRun run = client.resumeRun(outer)) {
            assertThat(reader.getRun(outer).getInfo().getStatus()).isEqualTo(Service.RunStatus.RUNNING);
            run.metric("loss", 2);
            run.fail(new IllegalStateException("secret"));
        }
        Service.Run read = reader.getRun(outer);
        assertThat(read.getInfo().getStatus()).isEqualTo(Service.RunStatus.FAILED);
        assertThat(tags(read)).containsEntry("melancia.error", "java.lang.IllegalStateException");
        assertThat(tags(read).values()).noneMatch(value -> value.contains("secret"));
        assertThat(client.runs().history(outer, "loss"))
                .extracting(MetricPoint::step)
                .containsExactly(41L, 42L);
    }

    @Test
    void datasetsAreShownWithTheRun() throws Exception {
        DatasetInput dataset = DatasetInput.builder("perguntas", "abc123")
                .source("http", "{\"url\":\"https://example.com/a.csv\"}")
                .context("eval")
                .schema("{\"mlflow_colspec\":[{\"type\":\"string\",\"name\":\"q\"}]}")
                .profile("{\"num_rows\":60}")
                .build();
        String id;
        try (ActiveRun run = client.startRun(experiment, "data")) {
            id = run.id();
            run.dataset(dataset);
            run.dataset(dataset);
        }
        JsonNode inputs = server.run(id).path("inputs").path("dataset_inputs");
        assertThat(inputs).hasSize(1);
        assertThat(inputs.path(0).path("dataset").path("name").asText()).isEqualTo("perguntas");
        DatasetInput read = client.runs().read(id).datasets().get(0);
        assertThat(read.context()).contains("eval");
        assertThat(read.profile()).contains("{\"num_rows\":60}");
        assertThat(read.schema()).isEqualTo(dataset.schema());
        assertThat(read.source()).isEqualTo(dataset.source());
    }

    @Test
    void runsAreSearchedByFilterOrderLifecycleAndLimit() {
        String experimentId = client.experiments().idOf(experiment);
        for (int i = 0; i < 5; i++) {
            try (ActiveRun run = client.startRun(experiment, "r" + i)) {
                run.metric("acc", i / 10.0);
                run.param("par", i % 2 == 0);
            }
        }
        RunSearch.Builder even =
                RunSearch.builder(experimentId).filter("params.par = 'true'").orderBy("metrics.acc DESC");
        assertThat(client.runs().search(even.build()))
                .extracting(ServerRun::name)
                .containsExactly("r4", "r2", "r0");
        List<ServerRun> best = client.runs().search(even.limit(2).build());
        assertThat(best).extracting(ServerRun::name).containsExactly("r4", "r2");
        assertThat(best.get(0).metrics().get("acc").value()).isEqualTo(0.4);
        client.runs().delete(best.get(0).id());
        client.runs().delete(best.get(0).id());
        RunSearch deleted =
                RunSearch.builder(experimentId).lifecycle(Lifecycle.DELETED).build();
        assertThat(client.runs().search(deleted)).singleElement().matches(ServerRun::deleted);
        client.runs().restore(best.get(0).id());
        assertThat(client.runs().search(deleted)).isEmpty();
    }

    @Test
    void aRunIsChangedAfterItsEnd() {
        ActiveRun run = client.startRun(experiment, "old");
        run.tag("gone", "x");
        run.end(RunOutcome.KILLED);
        client.runs().rename(run.id(), "novo nome");
        client.runs().deleteTag(run.id(), "gone");
        client.runs().deleteTag(run.id(), "gone");
        client.runs().end(run.id(), RunOutcome.FINISHED, START);
        Service.Run read = reader.getRun(run.id());
        assertThat(read.getInfo().getRunName()).isEqualTo("novo nome");
        assertThat(tags(read)).doesNotContainKey("gone");
        ServerRun ours = client.runs().read(run.id());
        assertThat(ours.endedAt()).contains(START);
        assertThat(ours.status()).isEqualTo(ServerRun.Status.FINISHED);
        client.runs().fail(run.id(), "disk was full");
        assertThat(tags(reader.getRun(run.id()))).containsEntry("melancia.error", "disk was full");
    }

    @Test
    void aRunWithAKeyOfOnesOwnIsCreatedOnce() {
        NewRun run = NewRun.builder(client.experiments().idOf(experiment))
                .key("0123456789abcdef0123456789abcdef")
                .startedAt(START)
                .name("once")
                .build();
        ServerRun first = client.runs().create(run);
        assertThat(client.runs().create(run).id()).isEqualTo(first.id());
        assertThat(first.startedAt()).contains(START);
    }

    @Test
    void experimentsAreCreatedFoundRenamedDeletedAndRestored() {
        Experiment created = client.experiments().create(experiment, Map.of("time", "ml é nós"));
        assertThat(created.tags()).containsEntry("time", "ml é nós");
        assertThat(created.createdAt()).isPresent();
        client.experiments().tag(created.id(), "fase", "2");
        client.experiments().deleteTag(created.id(), "time");
        client.experiments().deleteTag(created.id(), "time");
        client.experiments().rename(created.id(), experiment + " ção");
        assertThat(client.experiments().find(experiment)).isEmpty();
        Experiment found = client.experiments().find(experiment + " ção").orElseThrow();
        assertThat(found.tags()).containsEntry("fase", "2").doesNotContainKey("time");
        assertThat(reader.getExperiment(created.id()).getName()).isEqualTo(experiment + " ção");
        client.experiments().delete(created.id());
        client.experiments().delete(created.id());
        String named = "name = '" + experiment + " ção'";
        assertThat(client.experiments().search(named, Lifecycle.ACTIVE)).isEmpty();
        assertThat(client.experiments().search(named, Lifecycle.DELETED)).hasSize(1);
        client.experiments().restore(created.id());
        client.experiments().restore(created.id());
        assertThat(client.experiments().list()).extracting(Experiment::id).contains(created.id());
    }

    private static Map<String, String> params(Service.Run run) {
        Map<String, String> params = new HashMap<>();
        run.getData().getParamsList().forEach(param -> params.put(param.getKey(), param.getValue()));
        return params;
    }

    private static Map<String, String> tags(Service.Run run) {
        Map<String, String> tags = new HashMap<>();
        run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }
}
