package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.FlagSeen;
import dev.melancia.routing.Rejection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRecordLineTest {

    private static final String LEAST =
            "{\"v\":1,\"id\":\"019ad735-847b-7002-8000-000000000002\",\"start_us\":5,\"duration_ns\":7,\"outcome\":\"timeout\"";

    private static CallRecordLine read(CallRecord record) {
        return CallRecordLine.parse(CallRecordJson.line(record)).orElseThrow();
    }

    private static CallRecordLine with(String more) {
        return CallRecordLine.parse(LEAST + more + "}").orElseThrow();
    }

    @Test
    void readsWhatWasWrittenOfTheCall() {
        for (CallRecord record : SampleRecords.maximal()) {
            CallRecordLine line = read(record);

            assertThat(line.id()).isEqualTo(record.id());
            assertThat(line.startEpochMicros()).isEqualTo(record.startEpochMicros());
            assertThat(line.durationNanos()).isEqualTo(record.durationNanos());
            assertThat(line.timeToFirstTokenNanos()).isEqualTo(record.timeToFirstTokenNanos());
            assertThat(line.outcome()).isEqualTo("answered");
            assertThat(line.isAnswer()).isTrue();
            assertThat(line.isStreaming()).isEqualTo(record.isStreaming());
            assertThat(line.isCacheHit()).isEqualTo(record.isCacheHit());
            assertThat(line.assigned()).isPresent().isEqualTo(record.assigned());
            assertThat(line.answeredBy()).isPresent().isEqualTo(record.answeredBy());
            assertThat(line.cost()).isEqualTo(record.cost());
            assertThat(line.userKey()).isEqualTo(record.userKey());
            assertThat(line.tenant()).isPresent().isEqualTo(record.tenant());
            assertThat(line.userTier()).isPresent().isEqualTo(record.userTier());
            assertThat(line.conversationId()).isPresent().isEqualTo(record.conversationId());
            assertThat(line.promptVersion()).isPresent().isEqualTo(record.promptVersion());
            assertThat(line.urgency()).isEqualTo(EventText.name(record.urgency()));
            assertThat(line.tags()).isEqualTo(record.tags()).hasSize(3);
        }
    }

    @Test
    void readsWhatWasDecided() {
        CallRecordLine line = read(SampleRecords.hedged());

        assertThat(line.policyId()).contains("hybrid");
        assertThat(line.policyVersion()).contains("3");
        assertThat(line.rule()).contains("local allowed");
        assertThat(line.reason().orElseThrow()).startsWith("rule 1 ");
        assertThat(line.splitId()).contains("golden-split");
        assertThat(line.arm()).contains("local");
        assertThat(line.sticky()).contains(true);
        assertThat(line.stickyOn()).contains("user");
        assertThat(line.draw()).isEmpty();
        assertThat(line.candidates()).containsExactly(ModelId.of("ollama/phi3:mini"), ModelId.of("openai/gpt-4o-mini"));
        assertThat(line.rejections())
                .containsExactly(new Rejection(ModelId.of("ollama/llama3.2:3b"), "does not declare STREAMING"));
        assertThat(line.flags()).containsExactly(new FlagSeen("use_ollama", "true", "DEFAULT"));
        assertThat(read(SampleRecords.drawn()).draw()).hasValue(-42);
        assertThat(read(SampleRecords.drawn()).sticky()).contains(false);
        assertThat(read(SampleRecords.drawn()).stickyOn()).isEmpty();
    }

    @Test
    void anAnswerToAPromptThatWasCutIsAnAnswerAsItsOutcomeSays() {
        for (Outcome outcome : Outcome.values()) {
            String line = LEAST.replace("timeout", EventText.name(outcome)) + "}";

            assertThat(CallRecordLine.parse(line).orElseThrow().isAnswer())
                    .as(line)
                    .isEqualTo(outcome.isAnswer());
        }
        assertThat(CallRecordLine.parse(LEAST.replace("timeout", "abducted") + "}")
                        .orElseThrow()
                        .isAnswer())
                .isFalse();
    }

    @Test
    void whatASplitIsStickyOnMayBeMoreOneDay() {
        assertThat(with(",\"sticky_on\":\"conversation\"").stickyOn()).contains("conversation");
        assertThat(with(",\"sticky_on\":\"moon\"").stickyOn()).contains("other");
    }

    @Test
    void readsAttempts() {
        List<CallRecordLine.AttemptLine> attempts = read(SampleRecords.hedged()).attempts();
        CallRecordLine.AttemptLine refused = attempts.get(0);
        CallRecordLine.AttemptLine winner = attempts.get(1);

        assertThat(attempts).hasSize(3);
        assertThat(refused.model()).contains(ModelId.of("ollama/phi3:mini"));
        assertThat(refused.outcome()).isEqualTo("overloaded");
        assertThat(refused.errorType()).contains("HttpException");
        assertThat(refused.cost()).isEqualTo(Cost.zero());
        assertThat(refused.inputTokens()).isEmpty();
        assertThat(refused.isHedge()).isFalse();
        assertThat(winner.isHedge()).isTrue();
        assertThat(winner.startOffsetNanos()).hasValue(500_000_000);
        assertThat(winner.durationNanos()).hasValue(400_000_000);
        assertThat(winner.timeToFirstTokenNanos()).hasValue(100_000_000);
        assertThat(winner.inputTokens()).hasValue(120);
        assertThat(winner.cachedInputTokens()).hasValue(100);
        assertThat(winner.outputTokens()).hasValue(45);
        assertThat(winner.reasoningTokens()).hasValue(30);
        assertThat(attempts.get(2).cost().kind()).isEqualTo(Cost.Kind.ESTIMATED);
    }

    @Test
    void keepsKnownAndEstimatedCostApart() {
        CallRecordLine hedged = read(SampleRecords.hedged());
        CallRecordLine drawn = read(SampleRecords.drawn());

        assertThat(hedged.cost()).hasToString("~0.000057 USD");
        assertThat(hedged.knownCost().orElseThrow()).hasToString("0.000045 USD");
        assertThat(hedged.estimatedCost().orElseThrow()).hasToString("~0.000012 USD");
        assertThat(drawn.cost()).isEqualTo(Cost.unknown());
        assertThat(drawn.knownCost().orElseThrow()).hasToString("0.000045 USD");
        assertThat(drawn.estimatedCost()).isEmpty();
        assertThat(read(SampleRecords.hit()).savedCost()).hasToString("0.000045 USD");
    }

    @Test
    void goldenLinesStayReadableForEver() throws IOException {
        List<CallRecordLine> lines = GoldenLines.read("call-record-v1.jsonl").stream()
                .map(line -> CallRecordLine.parse(line).orElseThrow())
                .toList();

        assertThat(lines)
                .extracting(CallRecordLine::outcome, line -> line.attempts().size())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("answered", 2),
                        org.assertj.core.groups.Tuple.tuple("timeout", 1),
                        org.assertj.core.groups.Tuple.tuple("rejected", 0));
        assertThat(lines.get(0).cost()).hasToString("0.000045 USD");
        assertThat(lines.get(0).candidates()).isEmpty();
        assertThat(lines.get(0).attempts().get(1).outputTokens()).hasValue(45);
        assertThat(lines.get(1).cost()).isEqualTo(Cost.unknown());
        assertThat(lines.get(2).tenant()).contains("Açaí & Cia \"SP\" 🍉");
    }

    @Test
    void whatIsAbsentIsEmptyAndNeverZero() {
        CallRecordLine line = with(",\"attempts\":[{}]");
        CallRecordLine.AttemptLine attempt = line.attempts().get(0);

        assertThat(line.timeToFirstTokenNanos()).isEmpty();
        assertThat(line.cost()).isEqualTo(Cost.unknown());
        assertThat(line.savedCost()).isEqualTo(Cost.unknown());
        assertThat(line.knownCost()).isEmpty();
        assertThat(line.tags()).isEmpty();
        assertThat(line.urgency()).isEqualTo("normal");
        assertThat(attempt.model()).isEmpty();
        assertThat(attempt.outcome()).isEqualTo("other");
        assertThat(attempt.startOffsetNanos()).isEmpty();
        assertThat(attempt.inputTokens()).isEmpty();
        assertThat(attempt.cost()).isEqualTo(Cost.unknown());
    }

    @Test
    void whatIsUnknownIsIgnoredOrReadAsOther() {
        CallRecordLine line =
                with(",\"weather\":{\"rain\":[1,2]},\"urgency\":\"desperate\",\"attempts\":[{\"model\":\"a/b\","
                        + "\"outcome\":\"abducted\",\"cost\":\"1\",\"cost_kind\":\"haggled\"}]");

        assertThat(line.urgency()).isEqualTo("other");
        assertThat(line.attempts().get(0).outcome()).isEqualTo("other");
        assertThat(line.attempts().get(0).cost()).isEqualTo(Cost.unknown());
        assertThat(CallRecordLine.parse(LEAST.replace("timeout", "abducted") + "}")
                        .orElseThrow()
                        .outcome())
                .isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"-1\"",
                "\"1e999999999\"",
                "\"1e-999999999\"",
                "\"0.0000000000001\"",
                "\"many\"",
                "5",
                "\"99999999999\""
            })
    void anAmountThatIsNoneIsUnknown(String amount) {
        assertThat(with(",\"cost\":" + amount + ",\"cost_kind\":\"known\"").cost())
                .isEqualTo(Cost.unknown());
    }

    @Test
    void anotherCurrencyIsNotTakenForDollars() {
        assertThat(with(",\"cost\":\"1\",\"currency\":\"BRL\",\"cost_kind\":\"known\"")
                        .cost())
                .isEqualTo(Cost.unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"v\":1,\"id\":\"to",
                "{\"v\":2,\"id\":\"019ad735-847b-7002-8000-000000000002\",\"start_us\":5,\"duration_ns\":7,\"outcome\":\"a\"}",
                "{\"v\":1,\"id\":\"1-1-1-1-1\",\"start_us\":5,\"duration_ns\":7,\"outcome\":\"a\"}",
                "{\"v\":1,\"id\":\"019ad735-847b-7002-8000-000000000002\",\"duration_ns\":7,\"outcome\":\"answered\"}",
                "{\"v\":1,\"feedback_for\":\"019ad735-847b-7002-8000-000000000002\",\"at_us\":5,\"rating\":1}"
            })
    void whatIsNoCallRecordOfThisVersionIsEmpty(String line) {
        assertThat(CallRecordLine.parse(line)).isEmpty();
    }

    @Test
    void aTornLineThatRanIntoTheNextIsEmpty() {
        String line = CallRecordJson.line(SampleRecords.full());

        assertThat(CallRecordLine.parse(line + line)).isEmpty();
        assertThat(CallRecordLine.parse(line.substring(0, line.length() - 1))).isEmpty();
    }
}
