package dev.melancia.mlflow.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.tracking.Experiments;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real MLflow server. */
class TracesIT {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00.123456789Z");

    private MlflowApi api;
    private Traces traces;
    private String experiment = "";

    @BeforeEach
    void connect() {
        String server = System.getenv().getOrDefault("MELANCIA_TEST_MLFLOW_URI", "");
        if (server.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("MELANCIA_TEST_MLFLOW_URI must name an MLflow server where CI is true");
        } else if (server.isEmpty()) {
            abort("MELANCIA_TEST_MLFLOW_URI is not set: no MLflow server to test against");
        }
        api = MlflowApi.connect(MlflowSettings.builder(URI.create(server)).build());
        traces = Traces.on(api);
        experiment = Experiments.on(api).idOf("melancia-traces-" + UUID.randomUUID());
    }

    @AfterEach
    void close() {
        if (api != null) {
            api.close();
        }
    }

    @Test
    void whatWasLoggedIsReadBack() {
        Trace trace = trace("one", "0.000207");
        traces.log(experiment, Optional.empty(), List.of(trace));
        traces.log(experiment, Optional.empty(), List.of(trace)); // again: changes nothing
        LoggedTrace read = traces.find(trace.id()).orElseThrow();
        assertThat(read.id()).isEqualTo("tr-" + trace.id());
        assertThat(read.experimentId()).isEqualTo(experiment);
        assertThat(read.state()).isEqualTo("OK");
        assertThat(read.time()).contains(Instant.parse("2026-11-22T10:00:00.123Z"));
        assertThat(read.user()).contains("u1");
        assertThat(read.session()).contains("s1");
        assertThat(read.tags()).containsEntry("tenant", "acme").containsEntry("fase", "produção");
        assertThat(read.inputs().orElseThrow()).contains("Qual é a capital?");
        assertThat(read.outputs()).contains("\"Brasília\"");
        assertThat(read.inputTokens()).hasValue(210);
        assertThat(read.outputTokens()).hasValue(34);
        assertThat(read.costUsd()).hasValue(0.000207);
        List<LoggedSpan> spans = traces.spans(trace.id());
        assertThat(spans).extracting(LoggedSpan::name).containsExactly("answer", "chat", "search");
        assertThat(spans.get(1).parentId()).contains(spans.get(0).id());
        assertThat(spans.get(1).attributes())
                .containsEntry("mlflow.spanType", "CHAT_MODEL")
                .containsEntry("mlflow.llm.model", "gpt-4o-mini")
                .containsEntry("melancia.cost_usd", "0.000207")
                .containsEntry("streaming", "true");
        assertThat(spans.get(2).failed()).isTrue();
    }

    @Test
    void anUnknownCostIsNotInvented() {
        Span root = span("answer", SpanType.CHAIN).build();
        Trace trace = Trace.builder(Trace.idOf(UUID.randomUUID().toString()))
                .span(root)
                .span(span("known", SpanType.CHAT_MODEL)
                        .parent(root)
                        .model("openai", "gpt-4o-mini")
                        .inputTokens(10)
                        .outputTokens(3)
                        .costUsd(new BigDecimal("0.5"))
                        .build())
                .span(span("unknown", SpanType.CHAT_MODEL)
                        .parent(root)
                        .model("openai", "gpt-4o-mini")
                        .inputTokens(10)
                        .build())
                .build();
        traces.log(experiment, Optional.empty(), List.of(trace));
        LoggedTrace read = traces.find(trace.id()).orElseThrow();
        assertThat(read.costUsd()).isEmpty();
        assertThat(read.inputTokens()).hasValue(20);
        assertThat(read.outputTokens()).isEmpty();
    }

    @Test
    void manyTracesGoInFewRequestsAndComeBackInPages() {
        List<Trace> many = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            many.add(trace(UUID.randomUUID().toString(), "0.1"));
        }
        traces.log(experiment, Optional.empty(), many);
        Set<String> found = new HashSet<>();
        TraceQuery query = TraceQuery.builder(experiment)
                .filter("tags.tenant = 'acme'")
                .orderBy("timestamp_ms DESC")
                .maxResults(200)
                .build();
        TracePage page = traces.search(query);
        int pages = 1;
        page.traces().forEach(trace -> found.add(trace.id()));
        while (page.nextPage().isPresent()) {
            page = traces.search(query.page(page.nextPage().get()));
            page.traces().forEach(trace -> found.add(trace.id()));
            pages++;
        }
        assertThat(found).hasSize(450);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void tagsRunsAndPromptsAreLinkedAfterwards() {
        String runId = api.post("/api/2.0/mlflow/runs/create", api.body().put("experiment_id", experiment))
                .at("/run/info/run_id")
                .asText();
        Trace trace = trace(UUID.randomUUID().toString(), "0.1");
        traces.log(experiment, Optional.empty(), List.of(trace));
        traces.tag(trace.id(), "later", "a");
        traces.tag(trace.id(), "later", "b");
        assertThat(traces.find(trace.id()).orElseThrow().tags()).containsEntry("later", "b");
        traces.removeTag(trace.id(), "later");
        traces.removeTag(trace.id(), "later");
        assertThat(traces.find(trace.id()).orElseThrow().tags()).doesNotContainKey("later");
        traces.link(List.of(trace.id()), runId);
        traces.linkPrompt(trace.id(), "answer", 3);
        assertThat(found("attributes.run_id = '" + runId + "'")).containsExactly("tr-" + trace.id());
        assertThat(found("prompt = 'answer/3'")).containsExactly("tr-" + trace.id());
        Trace withRun = trace(UUID.randomUUID().toString(), "0.1");
        traces.log(experiment, Optional.of(runId), List.of(withRun));
        assertThat(found("attributes.run_id = '" + runId + "'")).hasSize(2);
    }

    @Test
    void assessmentsAreKeptOnceAndReplacedOnRequest() {
        Trace trace = trace(UUID.randomUUID().toString(), "0.1");
        traces.log(experiment, Optional.empty(), List.of(trace));
        String id = Assessment.idOf(trace.id() + " correctness");
        Assessment.Builder builder = Assessment.builder(id, "correctness", AssessmentSource.code("exact-match"))
                .time(START);
        traces.assess(trace.id(), builder.feedback(0.75).rationale("near").build());
        traces.assess(trace.id(), builder.feedback(0.75).rationale("near").build());
        traces.assess(trace.id(), other(trace, "helpful").feedback(true).build());
        traces.assess(trace.id(), other(trace, "tone").feedback("kind").build());
        traces.assess(
                trace.id(), other(trace, "broken").error("Timeout", "late").build());
        traces.assess(trace.id(), other(trace, "answer").expectation("Brasília").build());
        List<LoggedAssessment> read = traces.find(trace.id()).orElseThrow().assessments();
        assertThat(read)
                .extracting(LoggedAssessment::name, LoggedAssessment::value)
                .containsExactlyInAnyOrder(
                        tuple("correctness", "0.75"),
                        tuple("helpful", "true"),
                        tuple("tone", "kind"),
                        Tuple.tuple("broken", Optional.empty()),
                        tuple("answer", "Brasília"));
        traces.update(trace.id(), builder.feedback(0.9).rationale("nearer").build());
        LoggedAssessment updated = traces.find(trace.id()).orElseThrow().assessments().stream()
                .filter(assessment -> assessment.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(updated.value()).contains("0.9");
        assertThat(updated.rationale()).contains("nearer");
        assertThat(updated.source()).isEqualTo(AssessmentSource.code("exact-match"));
    }

    @Test
    void aTraceThatIsNotThereIsToldApart() {
        String nowhere = Trace.idOf(UUID.randomUUID().toString());
        assertThat(traces.find(nowhere)).isEmpty();
        assertThatThrownBy(() -> traces.tag(nowhere, "a", "b")).isInstanceOf(MlflowException.class);
        assertThatThrownBy(() -> traces.removeTag(nowhere, "a")).isInstanceOf(MlflowException.class);
        Assessment assessment = Assessment.builder(Assessment.idOf("x"), "n", AssessmentSource.human("u"))
                .feedback(1)
                .build();
        assertThatThrownBy(() -> traces.assess(nowhere, assessment))
                .isInstanceOfSatisfying(
                        MlflowException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(MlflowException.Kind.REJECTED));
    }

    @Test
    void theLargestTraceIsAccepted() {
        String huge = "日\u0000\uD800\n\"".repeat(300_000);
        Span root = span("answer", SpanType.CHAIN)
                .inputs(huge)
                .outputs(huge)
                .error(huge)
                .build();
        Trace trace = Trace.builder(Trace.idOf(UUID.randomUUID().toString()))
                .span(root)
                .tag("long", huge)
                .user("u".repeat(250))
                .session("s".repeat(250))
                .prompt("p".repeat(250), 7)
                .build();
        traces.log(experiment, Optional.empty(), List.of(trace));
        LoggedTrace read = traces.find(trace.id()).orElseThrow();
        assertThat(read.state()).isEqualTo("ERROR");
        assertThat(read.session()).contains("s".repeat(250));
        assertThat(read.inputs().orElseThrow()).startsWith("\"日\uFFFD\uFFFD");
    }

    private List<String> found(String filter) {
        return traces.search(TraceQuery.builder(experiment).filter(filter).build()).traces().stream()
                .map(LoggedTrace::id)
                .toList();
    }

    private static Tuple tuple(String name, String value) {
        return Tuple.tuple(name, Optional.of(value));
    }

    private static Assessment.Builder other(Trace trace, String name) {
        return Assessment.builder(Assessment.idOf(trace.id() + name), name, AssessmentSource.judge("gpt-4o"));
    }

    private static Trace trace(String seed, String usd) {
        Span root = span("answer", SpanType.CHAIN)
                .inputs("{\"question\":\"Qual é a capital?\"}")
                .outputs("Brasília")
                .build();
        Span model = Span.builder("chat", SpanType.CHAT_MODEL)
                .time(START.plusNanos(1), START.plusMillis(200))
                .parent(root)
                .model("openai", "gpt-4o-mini")
                .inputTokens(210)
                .outputTokens(34)
                .costUsd(new BigDecimal(usd))
                .attribute("streaming", true)
                .event("first token", 1_795_341_600_123_456_999L)
                .build();
        Span search = Span.builder("search", SpanType.RETRIEVER)
                .time(START.plusNanos(2), START.plusMillis(9))
                .parent(root)
                .error("IOException")
                .build();
        return Trace.builder(Trace.idOf(seed + UUID.randomUUID()))
                .span(root)
                .span(model)
                .span(search)
                .user("u1")
                .session("s1")
                .tag("tenant", "acme")
                .tag("fase", "produção")
                .prompt("answer", 3)
                .build();
    }

    private static Span.Builder span(String name, SpanType type) {
        return Span.builder(name, type).time(START, START.plusMillis(250));
    }
}
