package dev.melancia.mlflow.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TraceTarget;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final Instant START = Instant.parse("2026-11-22T10:00:00.123456789Z");
    private static final Span ROOT = span("root", SpanType.CHAIN).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void theTreeIsWrittenAsOtlpWithHexIdsAndNanosAsText() throws IOException {
        Span child = span("chat", SpanType.CHAT_MODEL)
                .parent(ROOT)
                .event("first token", 5)
                .build();
        JsonNode spans = spans(Trace.builder(ID).span(child).span(ROOT).build());
        assertThat(spans).hasSize(2);
        JsonNode chat = spans.get(0);
        assertThat(chat.path("traceId").asText()).isEqualTo(ID);
        assertThat(chat.path("spanId").asText()).matches("[0-9a-f]{16}");
        assertThat(chat.path("parentSpanId").asText())
                .isEqualTo(spans.get(1).path("spanId").asText());
        assertThat(chat.path("startTimeUnixNano").isTextual()).isTrue();
        assertThat(chat.path("startTimeUnixNano").asText()).isEqualTo("1795341600123456789");
        assertThat(chat.at("/events/0/timeUnixNano").asText()).isEqualTo("5");
        assertThat(chat.at("/status/code").asInt()).isEqualTo(1);
        assertThat(spans.get(1).has("parentSpanId")).isFalse();
    }

    @Test
    void aModelIsToldInTheWordsOfOpenTelemetryAndOfMlflow() throws IOException {
        Span model = span("chat", SpanType.CHAT_MODEL)
                .model("openai", "gpt-4o-mini")
                .inputTokens(10)
                .outputTokens(3)
                .cachedInputTokens(4)
                .costUsd(new BigDecimal("0.000000000001"))
                .build();
        Map<String, JsonNode> attributes =
                attributes(spans(Trace.builder(ID).span(model).build()).get(0));
        assertThat(attributes.get("mlflow.spanType")).hasToString("{\"stringValue\":\"CHAT_MODEL\"}");
        assertThat(attributes.get("gen_ai.operation.name")).hasToString("{\"stringValue\":\"chat\"}");
        assertThat(attributes.get("gen_ai.provider.name")).hasToString("{\"stringValue\":\"openai\"}");
        assertThat(attributes.get("gen_ai.request.model")).hasToString("{\"stringValue\":\"gpt-4o-mini\"}");
        assertThat(attributes.get("gen_ai.usage.input_tokens")).hasToString("{\"intValue\":\"10\"}");
        assertThat(number(attributes, "mlflow.chat.tokenUsage", "total_tokens")).isEqualTo("13");
        assertThat(number(attributes, "mlflow.llm.cost", "total_cost")).isEqualTo("1.0E-12");
        assertThat(number(attributes, "mlflow.llm.cost", "input_cost")).isEqualTo("NaN");
        assertThat(attributes.get("melancia.cost_usd")).hasToString("{\"stringValue\":\"0.000000000001\"}");
    }

    @Test
    void theCostOfPromptAndAnswerIsToldApartWhereItIsKnown() throws IOException {
        Span apart = span("chat", SpanType.CHAT_MODEL)
                .costUsd(new BigDecimal("0.001"), new BigDecimal("0.002"))
                .build();
        Map<String, JsonNode> attributes =
                attributes(spans(Trace.builder(ID).span(apart).build()).get(0));
        assertThat(number(attributes, "mlflow.llm.cost", "input_cost")).isEqualTo("0.001");
        assertThat(number(attributes, "mlflow.llm.cost", "output_cost")).isEqualTo("0.002");
        assertThat(number(attributes, "mlflow.llm.cost", "total_cost")).isEqualTo("0.003");
        Span free = span("chat", SpanType.CHAT_MODEL).costUsd(BigDecimal.ZERO).build();
        attributes = attributes(spans(Trace.builder(ID).span(free).build()).get(0));
        assertThat(number(attributes, "mlflow.llm.cost", "input_cost")).isEqualTo("0.0");
        assertThat(number(attributes, "mlflow.llm.cost", "output_cost")).isEqualTo("0.0");
    }

    @Test
    void whatIsUnknownIsNeverZero() throws IOException {
        Span model = span("chat", SpanType.CHAT_MODEL)
                .model("openai", "gpt-4o-mini")
                .inputTokens(10)
                .build();
        Map<String, JsonNode> attributes =
                attributes(spans(Trace.builder(ID).span(model).build()).get(0));
        assertThat(number(attributes, "mlflow.llm.cost", "total_cost")).isEqualTo("NaN");
        assertThat(number(attributes, "mlflow.chat.tokenUsage", "output_tokens"))
                .isEqualTo("NaN");
        assertThat(number(attributes, "mlflow.chat.tokenUsage", "total_tokens")).isEqualTo("NaN");
        assertThat(attributes)
                .doesNotContainKeys("gen_ai.usage.output_tokens", "melancia.cost_usd", "mlflow.spanInputs");
    }

    @Test
    void theRootTellsOfTheWholeTrace() throws IOException {
        Trace trace = Trace.builder(ID)
                .span(ROOT)
                .user("u1")
                .session("s1")
                .tag("tier", "gold")
                .prompt("answer", 3)
                .prompt("answer", 3)
                .build();
        Map<String, JsonNode> attributes = attributes(spans(trace).get(0));
        assertThat(text(attributes, "user.id")).isEqualTo("u1");
        assertThat(text(attributes, "session.id")).isEqualTo("s1");
        assertThat(text(attributes, "mlflow.traceTag.tier")).isEqualTo("gold");
        assertThat(text(attributes, "mlflow.linkedPrompts")).isEqualTo("[{\"name\":\"answer\",\"version\":\"3\"}]");
    }

    @Test
    void theSameTraceIsWrittenTheSameAgainAndNoTwoSpansShareAnId() throws IOException {
        Trace.Builder first = Trace.builder(ID).span(ROOT);
        Trace.Builder second = Trace.builder(ID).span(ROOT);
        for (int i = 1; i < Trace.MAX_SPANS; i++) {
            Span child = span("child " + i, SpanType.TASK).parent(ROOT).build();
            first.span(child);
            second.span(child);
        }
        String json = first.build().toOtlpJson();
        assertThat(second.build().toOtlpJson()).isEqualTo(json);
        Set<String> ids = new HashSet<>();
        spans(first.build()).forEach(span -> ids.add(span.path("spanId").asText()));
        assertThat(ids).hasSize(Trace.MAX_SPANS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ç", "日", "😀", "\n", "\u0001", "\u0000"})
    void howeverLargeTheTextsTheEventIsAcceptedAndItsLineFitsTheJournal(String character) throws IOException {
        String huge = character.repeat(1_000_000);
        Trace.Builder trace = Trace.builder(ID).span(ROOT);
        for (int i = 0; i < 12; i++) {
            trace.span(span("child", SpanType.CHAT_MODEL)
                    .parent(ROOT)
                    .inputs(huge)
                    .outputs(huge)
                    .error(huge)
                    .attribute("more", huge)
                    .build());
        }
        String json = trace.tag("long", huge).build().toOtlpJson();
        TraceEvent.Spans event = new TraceEvent.Spans(new TraceTarget(ID, "production", Optional.empty()), START, json);
        assertThat(EventCodec.encode(event).length).isLessThan(1 << 20);
        assertThat(MAPPER.readTree(json).toString()).contains(" of " + huge.length() + " characters]");
    }

    @Test
    void aCutTextKeepsItsBeginningWhichIsWellFormed() throws IOException {
        String text = "a".repeat(Trace.MAX_TEXT - 1) + "😀" + "b".repeat(100);
        Span span = span("s", SpanType.TOOL).inputs(text).build();
        String cut = text(attributes(spans(Trace.builder(ID).span(span).build()).get(0)), "mlflow.spanInputs");
        assertThat(cut)
                .isEqualTo("a".repeat(Trace.MAX_TEXT - 1) + "… [cut: the first " + (Trace.MAX_TEXT - 1) + " of "
                        + text.length() + " characters]");
    }

    @Test
    void brokenUnicodeIsMended() throws IOException {
        Span span = span("s", SpanType.TOOL).inputs("a\uD800b\u0000c\uDC00😀").build();
        String text =
                text(attributes(spans(Trace.builder(ID).span(span).build()).get(0)), "mlflow.spanInputs");
        assertThat(text).isEqualTo("a\uFFFDb\uFFFDc\uFFFD😀");
    }

    @Test
    void aTraceIsOneTree() {
        assertThatThrownBy(() -> Trace.builder(ID).build()).hasMessageContaining("exactly one span without a parent");
        assertThatThrownBy(() -> Trace.builder(ID)
                        .span(ROOT)
                        .span(span("second", SpanType.CHAIN).build())
                        .build())
                .hasMessageContaining("had 2 and 2");
        Span stranger = span("stranger", SpanType.CHAIN).build();
        assertThatThrownBy(() -> Trace.builder(ID)
                        .span(ROOT)
                        .span(span("orphan", SpanType.TOOL).parent(stranger).build())
                        .build())
                .hasMessageContaining("orphan");
        Span child = span("child", SpanType.TOOL).parent(ROOT).build();
        assertThatThrownBy(() ->
                        Trace.builder(ID).span(ROOT).span(child).span(child).build())
                .hasMessageContaining("twice");
    }

    @Test
    void whatTheServerWouldRefuseIsRefusedHere() {
        assertThatThrownBy(() -> Trace.builder("ABC")).hasMessageContaining("32 lower-case hexadecimal digits");
        assertThatThrownBy(() -> Trace.builder(ID).session("s".repeat(251))).hasMessageContaining("had 251");
        assertThatThrownBy(() -> Trace.builder(ID).tag("a//b", "x")).hasMessageContaining("tag name");
        assertThatThrownBy(() -> Trace.builder(ID).tag("a@b", "x")).hasMessageContaining("tag name");
        assertThatThrownBy(() -> span("s", SpanType.TASK).inputTokens(-1)).hasMessageContaining("was -1");
        assertThatThrownBy(() -> span("s", SpanType.TASK).costUsd(new BigDecimal("-0.1")))
                .hasMessageContaining("was -0.1");
        assertThatThrownBy(() -> span("s", SpanType.TASK).attribute("a", Double.NaN))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> span("s", SpanType.TASK).timeNanos(2, 1)).hasMessageContaining("2 to 1");
        assertThatThrownBy(() -> Span.builder("s", SpanType.TASK).build()).hasMessageContaining("time(start, end)");
    }

    @Test
    void nothingSaysContentInItsToString() {
        Span span = span("s", SpanType.TASK).inputs("marker").outputs("marker").build();
        assertThat(span + " " + Trace.builder(ID).span(span).user("marker").build())
                .doesNotContain("marker");
    }

    private static Span.Builder span(String name, SpanType type) {
        return Span.builder(name, type).time(START, START.plusMillis(250));
    }

    private static JsonNode spans(Trace trace) throws IOException {
        return MAPPER.readTree(trace.toOtlpJson()).at("/resourceSpans/0/scopeSpans/0/spans");
    }

    private static Map<String, JsonNode> attributes(JsonNode span) {
        Map<String, JsonNode> attributes = new HashMap<>();
        span.path("attributes")
                .forEach(attribute -> attributes.put(attribute.path("key").asText(), attribute.path("value")));
        return attributes;
    }

    private static String text(Map<String, JsonNode> attributes, String key) {
        return attributes.get(key).path("stringValue").asText();
    }

    private static String number(Map<String, JsonNode> attributes, String key, String part) {
        for (JsonNode value : attributes.get(key).at("/kvlistValue/values")) {
            if (value.path("key").asText().equals(part)) {
                return value.path("value").elements().next().asText();
            }
        }
        return "";
    }
}
