package dev.melancia.router;

import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallListener;
import dev.melancia.call.CallRecord;
import dev.melancia.call.UserKeys;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.routing.Candidate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallRecordsTest {

    private static final byte[] KEY = new byte[32];
    private static final Candidate FREE = Candidate.builder("ollama/phi3:mini")
            .tier("local")
            .price(TokenPrice.free())
            .build();
    private static final Candidate PRICED = Candidate.builder("openai/gpt-4o-mini")
            .tier("paid")
            .price(TokenPrice.usdPerMillionTokens("0.15", "0.60"))
            .build();

    private final Records records = new Records();

    private CallRecord recordOf(Candidate first, Model model, Candidate second, Model fallback) {
        try (ModelRouter router = router().model(first, model)
                .model(second, fallback)
                .listener(records)
                .userKeys(UserKeys.withKey(KEY))
                .build()) {
            router.chatModel(CallContext.builder().userId("ana").build()).chat("Oi");
        }
        return records.only();
    }

    private CallRecord recordOf(Candidate candidate, TokenUsage usage) {
        try (ModelRouter router = router().model(candidate, new Model(request -> answer("Oi!", usage)))
                .listener(records)
                .build()) {
            router.chatModel().chat("Oi");
        }
        return records.only();
    }

    @Test
    void assignedAndAnsweringModelAreKeptApart() {
        CallRecord record = recordOf(FREE, fails(new InternalServerException("boom")), PRICED, answers("Oi!"));

        assertThat(record.assigned()).contains(FREE.id());
        assertThat(record.answeredBy()).contains(PRICED.id());
        assertThat(record.fellBack()).isTrue();
        assertThat(record.isStreaming()).isFalse();
        assertThat(record.isCacheHit()).isFalse();
        assertThat(record.timeToFirstTokenNanos()).isEmpty();
    }

    @Test
    void tokensThatNobodyCountedAreUnknownAndNotZero() {
        CallRecord record = recordOf(PRICED, (TokenUsage) null);

        assertThat(record.inputTokens()).isEmpty();
        assertThat(record.outputTokens()).isEmpty();
        assertThat(record.cost()).isEqualTo(Cost.unknown());
    }

    @Test
    void halfACountIsNoCost() {
        CallRecord record = recordOf(PRICED, new TokenUsage(900, null));

        assertThat(record.inputTokens()).hasValue(900);
        assertThat(record.outputTokens()).isEmpty();
        assertThat(record.cost()).isEqualTo(Cost.unknown());
    }

    @Test
    void countsBelowZeroAreNoCounts() {
        CallRecord record = recordOf(PRICED, new TokenUsage(-1, 5));

        assertThat(record.inputTokens()).isEmpty();
        assertThat(record.cost()).isEqualTo(Cost.unknown());
    }

    @Test
    void countedTokensAndAPriceAreAKnownCost() {
        assertThat(recordOf(PRICED, new TokenUsage(900, 120)).cost()).hasToString("0.000207 USD");
    }

    @Test
    void withoutAPriceTheCostIsUnknown() {
        assertThat(recordOf(PAID, new TokenUsage(900, 120)).cost()).isEqualTo(Cost.unknown());
    }

    @Test
    void aFreeModelCostsNothingCountedOrNot() {
        assertThat(recordOf(FREE, (TokenUsage) null).cost()).isEqualTo(Cost.zero());
    }

    @Test
    void arefusedAttemptCostsNothingAndABrokenOneWhoKnows() {
        Model answering = new Model(request -> answer("Oi!", new TokenUsage(900, 120)));

        Cost afterRefusal = recordOf(PRICED, fails(new RateLimitException("slow")), FREE, answering)
                .attempts()
                .get(0)
                .cost();
        records.all.clear();
        CallRecord afterCrash = recordOf(PRICED, fails(new InternalServerException("boom")), FREE, answering);

        assertThat(afterRefusal).isEqualTo(Cost.zero());
        assertThat(afterCrash.attempts().get(0).cost()).isEqualTo(Cost.unknown());
        assertThat(afterCrash.cost()).isEqualTo(Cost.unknown());
    }

    @Test
    void aUserIsShownAsAKeyedHash() {
        CallRecord record = recordOf(FREE, answers("a"), PRICED, answers("b"));

        assertThat(record.userKey().orElseThrow())
                .isEqualTo(UserKeys.withKey(KEY).keyOf("ana"))
                .doesNotContain("ana");
    }

    @Test
    void timesComeFromTheClocksThatWereGiven() {
        AtomicLong nanos = new AtomicLong(1_000);
        try (ModelRouter router = router().model(FREE, new Model(request -> {
                    nanos.addAndGet(5_000_000);
                    return answer("Oi!");
                }))
                .time(() -> Instant.ofEpochMilli(1_700_000_000_123L), nanos::get)
                .limits(CallLimits.none())
                .random(() -> -1)
                .listener(records)
                .build()) {
            router.chatModel().chat("Oi");
        }
        CallRecord record = records.only();

        assertThat(record.startEpochMicros()).isEqualTo(1_700_000_000_123_000L);
        assertThat(record.durationNanos()).isEqualTo(5_000_000);
        assertThat(record.attempts().get(0).startOffsetNanos()).isZero();
        assertThat(record.attempts().get(0).durationNanos()).isEqualTo(5_000_000);
        assertThat(record.id()).hasToString("018bcfe5-687b-7fff-bfff-ffffffffffff");
    }

    @Test
    void aListenerThatThrowsBreaksNoCallAndIsLoggedOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(Listeners.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        CallListener broken = record -> {
            throw new IllegalStateException("listener SECRET");
        };
        try (ModelRouter router = router().model(FREE, answers("Oi!"))
                .listener(broken)
                .listener(records)
                .build()) {
            for (int i = 0; i < 5; i++) {
                assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            }
        } finally {
            logger.detachAppender(log);
        }

        assertThat(records.all).hasSize(5);
        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).toString() + log.list.get(0).getKeyValuePairs())
                .doesNotContain("SECRET");
    }

    @Test
    void nothingPrintsPromptUserOrKey() {
        String body = "{\"error\": \"prompt SECRET, key sk-SECRET\"}";
        CallContext context = CallContext.builder()
                .userId("user-SECRET")
                .question("question SECRET")
                .tenant("tenant-SECRET")
                .conversationId("conversation-SECRET")
                .tag("t", "tag-SECRET")
                .build();
        UserKeys keys = UserKeys.withKey("key-SECRET-0123456789".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (ModelRouter router = router().model(
                        FREE, fails(new InternalServerException(body, new HttpException(500, body))))
                .model(PRICED, fails(new IllegalStateException(body)))
                .userKeys(keys)
                .listener(records)
                .build()) {
            Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(
                    () -> router.chatModel(context).chat("prompt SECRET"));

            CallRecord record = records.only();
            List<Object> printed = List.of(
                    record,
                    record.attempts(),
                    record.decision().orElseThrow(),
                    record.decision().orElseThrow().passedRules(),
                    record.userKey().orElseThrow(),
                    context,
                    keys,
                    router,
                    router.policy(),
                    router.candidates(),
                    router.chatModel(context),
                    router.streamingChatModel(context),
                    thrown.getMessage());
            assertThat(printed).noneMatch(thing -> thing.toString().contains("SECRET"));
            assertThat(record.attempts()).extracting(Attempt::errorType).doesNotContainNull();
        }
    }

    @Test
    void recordsOfManyThreadsAreWholeAndAsManyAsTheCalls() throws Exception {
        int callers = 8;
        int calls = 500;
        try (ModelRouter router = router().model(FREE, fails(new InternalServerException("boom")))
                .model(
                        PRICED,
                        new Model(request -> answer(
                                ((dev.langchain4j.data.message.UserMessage)
                                                request.messages().get(0))
                                        .singleText(),
                                new TokenUsage(1, 1))))
                .breaker(BreakerSettings.none())
                .listener(records)
                .build()) {
            List<Thread> threads = java.util.stream.IntStream.range(0, callers)
                    .mapToObj(caller -> new Thread(() -> {
                        for (int i = 0; i < calls; i++) {
                            String text = caller + "/" + i;
                            assertThat(router.chatModel()
                                            .chat(say(text))
                                            .aiMessage()
                                            .text())
                                    .isEqualTo(text);
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join(60_000);
            }
            assertThat(router.callsRunning(FREE.id()) + router.callsRunning(PRICED.id()))
                    .isZero();
        }

        assertThat(records.all).hasSize(callers * calls);
        assertThat(records.all).extracting(CallRecord::id).doesNotHaveDuplicates();
        assertThat(records.all)
                .allMatch(record -> record.fellBack() && record.attempts().size() == 2);
    }
}
