package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class CallEventsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(CallEvents.LOGGER);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final CallEvents events = CallEvents.create();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private ILoggingEvent told(CallRecord record) {
        log.list.clear();
        events.onCall(record);
        assertThat(log.list).hasSize(1);
        return log.list.get(0);
    }

    private static Map<String, Object> pairs(ILoggingEvent event) {
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (KeyValuePair pair : event.getKeyValuePairs()) {
            assertThat(pairs.put(pair.key, pair.value)).as(pair.key).isNull();
        }
        return pairs;
    }

    private static CallRecord ended(Outcome outcome) {
        return CallRecord.builder(CallId.of(0, 0, 0), outcome, CallContext.empty(), UserKeys.ephemeral())
                .build();
    }

    @Test
    void tellsACallInOneEventWithItsFigures() {
        CallRecord record = SampleRecords.hedged();
        ILoggingEvent event = told(record);

        assertThat(event.getMessage()).isEqualTo(CallEvents.CALL);
        assertThat(event.getLevel()).isEqualTo(Level.INFO);
        assertThat(pairs(event))
                .contains(
                        entry("call_id", record.id().toString()),
                        entry("outcome", "answered"),
                        entry("answered_by", "openai/gpt-4o-mini"),
                        entry("assigned", "ollama/phi3:mini"),
                        entry("fell_back", true),
                        entry("streaming", true),
                        entry("cache_hit", false),
                        entry("attempts", 3),
                        entry("rule", "local allowed"),
                        entry("arm", "local"),
                        entry("duration_ms", 902.001),
                        entry("first_token_ms", 600.0),
                        entry("input_tokens", 120),
                        entry("output_tokens", 45),
                        entry("cost_usd", new BigDecimal("0.000057")),
                        entry("cost_kind", "estimated"),
                        entry("tenant", "Açaí & Cia \"SP\" 🍉"),
                        entry("user_key", record.userKey().orElseThrow()),
                        entry("user_tier", "free"),
                        entry("prompt_version", "answer@3"),
                        entry("conversation_id", "c-17"),
                        entry("urgency", "high"))
                .containsKey("reason");
    }

    @Test
    void tellsWhatACacheHitSaved() {
        assertThat(pairs(told(SampleRecords.hit())))
                .contains(
                        entry("cache_hit", true),
                        entry("cost_usd", BigDecimal.ZERO),
                        entry("saved_cost_usd", new BigDecimal("0.000045")));
    }

    @Test
    void leavesOutWhatIsUnknown() {
        assertThat(pairs(told(SampleRecords.unknown())))
                .containsOnlyKeys(
                        "call_id", "outcome", "fell_back", "streaming", "cache_hit", "attempts", "duration_ms");
    }

    @Test
    void tellsAttemptsAtDebug() {
        logger.setLevel(Level.DEBUG);
        events.onCall(SampleRecords.hedged());

        assertThat(log.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly(CallEvents.CALL, CallEvents.ATTEMPT, CallEvents.ATTEMPT, CallEvents.ATTEMPT);
        assertThat(pairs(log.list.get(1)))
                .contains(entry("attempt", 1), entry("outcome", "overloaded"), entry("error", "HttpException"))
                .doesNotContainKeys("hedge", "input_tokens", "first_token_ms");
        assertThat(pairs(log.list.get(2)))
                .contains(
                        entry("attempt", 2),
                        entry("model", "openai/gpt-4o-mini"),
                        entry("hedge", true),
                        entry("start_offset_ms", 500.0),
                        entry("cached_input_tokens", 100),
                        entry("reasoning_tokens", 30),
                        entry("cost_usd", new BigDecimal("0.000045")));
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void warnsOfCallsThatTheModelsFailed(Outcome outcome) {
        boolean asWanted = List.of(
                        Outcome.ANSWERED,
                        Outcome.CANCELLED,
                        Outcome.INTERRUPTED,
                        Outcome.REJECTED,
                        Outcome.INVALID_REQUEST,
                        Outcome.CONTENT_FILTERED)
                .contains(outcome);

        assertThat(told(ended(outcome)).getLevel()).isEqualTo(asWanted ? Level.INFO : Level.WARN);
    }

    @Test
    void saysNothingWhereTheLevelIsOff() {
        logger.setLevel(Level.WARN);
        events.onCall(SampleRecords.full());
        events.onFeedback(SampleRecords.feedback(SampleRecords.full()));
        logger.setLevel(Level.OFF);
        events.onCall(SampleRecords.unknown());

        assertThat(log.list).isEmpty();
    }

    @Test
    void showsNeitherUserNorWordsNorTags() {
        logger.setLevel(Level.TRACE);
        for (CallRecord record : List.of(SampleRecords.full(), SampleRecords.hedged(), SampleRecords.hit())) {
            events.onCall(record);
            events.onFeedback(SampleRecords.feedback(record));
        }

        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getFormattedMessage() + event.getKeyValuePairs())
                        .doesNotContain(SampleRecords.USER, SampleRecords.QUESTION, SampleRecords.COMMENT, "mídia"));
    }

    @Test
    void tellsFeedback() {
        UserFeedback feedback = SampleRecords.feedback(SampleRecords.full());
        events.onFeedback(feedback);

        assertThat(log.list.get(0).getMessage()).isEqualTo(CallEvents.FEEDBACK);
        assertThat(pairs(log.list.get(0)))
                .containsExactly(
                        entry("call_id", feedback.call().toString()),
                        entry("rating", 4),
                        entry("thumbs", "up"),
                        entry("commented", true));
    }

    @Test
    void keepsTextsShortAndOnOneLine() {
        CallContext context = CallContext.builder()
                .tenant("a\nWARN forged\r\u2028\u0085b")
                .tier("x".repeat(5_000))
                .conversationId("🍉\u0007")
                .build();
        Map<String, Object> pairs = pairs(told(SampleRecords.of(context)));

        assertThat(pairs)
                .contains(
                        entry("tenant", "a\uFFFDWARN forged\uFFFD\uFFFD\uFFFDb"), entry("conversation_id", "🍉\uFFFD"));
        assertThat(pairs.get("user_tier")).isEqualTo("x".repeat(255) + "…");
    }
}
