package dev.melancia.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.call.CallRecordJson;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A router over two models of one provider: the first on a server that fails, the second on one that answers. */
abstract class RoutedFixture {

    /** The limit that ends what hangs: short, since every test of it waits that long. */
    static final Duration LIMIT = Duration.ofMillis(250);

    /** 5 s: limit of everything else, ample for a busy machine, and the HTTP limit, so that the router's comes first. */
    static final Duration SOON = Duration.ofSeconds(5);

    static final CallLimits PATIENT = CallLimits.defaults()
            .withAttempt(SOON)
            .withFirstToken(SOON)
            .withIdle(SOON)
            .withCall(SOON.multipliedBy(2));

    static final String ANSWER = "the second answers";
    static final String QUESTION = "canary question 7d1f";
    static final String KEY = "sk-canary-8a3b55e2c90d4f17b6aa";

    private static final TokenPrice PRICE = TokenPrice.usdPerMillionTokens("0.15", "0.60");
    private static final TokenUsage USAGE = new TokenUsage(7, 3);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final long POLL_NANOS = 1_000_000;

    private final List<CallRecord> records = new CopyOnWriteArrayList<>();
    private @Nullable LoopbackServer second;

    /** The provider under test. */
    protected abstract ChatModelProvider provider();

    /** The provider's wire format. */
    protected abstract WireFormat wireFormat();

    @BeforeEach
    final void startSecondServer() {
        second = LoopbackServer.replying(request -> request.asksForStream()
                ? wireFormat().stream(USAGE, "the ", "second ", "answers")
                : wireFormat().answer(ANSWER, USAGE));
    }

    @AfterEach
    final void stopSecondServer() {
        second().close();
    }

    final LoopbackServer second() {
        return requireNonNull(second, "started before each test");
    }

    /** A router whose first model is on this server and has these limits. */
    final ModelRouter router(URI firstServer, CallLimits firstLimits) {
        ChatModelProviders providers = ChatModelProviders.of(provider());
        Candidate first = Candidate.builder(firstId())
                .price(PRICE)
                .attemptLimit(firstLimits.attempt())
                .firstTokenLimit(firstLimits.firstToken())
                .idleLimit(firstLimits.idle())
                .build();
        Candidate other = Candidate.builder(secondId()).price(PRICE).build();
        return ModelRouter.builder()
                .model(first, settings(firstId(), firstServer).build(), providers)
                .model(other, settings(secondId(), second().address()).build(), providers)
                .limits(PATIENT.withCall(firstLimits.call()))
                .listener(records::add)
                .build();
    }

    /** A router with the first model alone, which can do no more than this. */
    final ModelRouter alone(LoopbackServer server, Set<ModelCapability> capabilities) {
        ModelSettings settings =
                settings(firstId(), server.address()).capabilities(capabilities).build();
        return ModelRouter.builder()
                .model(Candidate.builder(firstId()).build(), settings, ChatModelProviders.of(provider()))
                .listener(records::add)
                .build();
    }

    private ModelSettings.Builder settings(ModelId id, URI server) {
        return ModelSettings.builder(id)
                .baseUrl(URI.create(server + wireFormat().basePath()))
                .apiKey(Secret.of(KEY))
                .timeout(SOON)
                .environment(variable -> null);
    }

    final ModelId firstId() {
        return new ModelId(provider().id(), "first");
    }

    final ModelId secondId() {
        return new ModelId(provider().id(), "second");
    }

    static ChatRequest question() {
        return ChatRequest.builder().messages(UserMessage.from(QUESTION)).build();
    }

    /** The record of the only call, which must hold no secret and times that can be. */
    final CallRecord record() {
        assertThat(records).as("records of one call").hasSize(1);
        CallRecord record = records.get(0);
        assertTimes(record);
        assertThat(CallRecordJson.line(record) + record).doesNotContain(KEY, QUESTION, ANSWER);
        return record;
    }

    /** The first model failed in one of these ways, the second answered, and the record says so. */
    final void assertFellBack(Set<Outcome> firstOutcomes, boolean firstCostsNothing) {
        CallRecord record = record();
        assertThat(record.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(record.assigned()).contains(firstId());
        assertThat(record.answeredBy()).contains(secondId());
        assertThat(record.fellBack()).isTrue();
        assertThat(record.attempts()).extracting(Attempt::model).containsExactly(firstId(), secondId());
        assertFailed(record.attempts().get(0), firstOutcomes);
        assertThat(record.attempts().get(1).outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(record.inputTokens()).hasValue(USAGE.inputTokenCount());
        assertThat(record.outputTokens()).hasValue(USAGE.outputTokenCount());
        Cost answer = PRICE.costOf(USAGE.inputTokenCount(), USAGE.outputTokenCount());
        assertThat(record.cost()).isEqualTo(firstCostsNothing ? answer : Cost.unknown());
    }

    /** The call ended with the first model's failure, the second was never asked, and the record says so. */
    final void assertEnded(Set<Outcome> outcomes) {
        CallRecord record = record();
        assertThat(second().requests()).as("requests to the second model").isEmpty();
        assertThat(record.assigned()).contains(firstId());
        assertThat(record.answeredBy()).isEmpty();
        assertThat(record.fellBack()).isFalse();
        assertThat(record.attempts()).hasSize(1);
        assertFailed(record.attempts().get(0), outcomes);
        assertThat(record.outcome()).isEqualTo(record.attempts().get(0).outcome());
    }

    /** A server that refuses its first request with 429 and this {@code Retry-After}, and answers the next. */
    final LoopbackServer busyAtFirst(String retryAfter) {
        AtomicBoolean asked = new AtomicBoolean();
        Reply busy = wireFormat().error(429, "scripted").header("Retry-After", retryAfter);
        return LoopbackServer.replying(request -> {
            if (asked.compareAndSet(false, true)) {
                return busy;
            }
            return request.asksForStream()
                    ? wireFormat().stream(USAGE, "now")
                    : wireFormat().answer("now", USAGE);
        });
    }

    /** The only model refused and then answered, a second or more later. */
    final void assertPausedBetweenTwoAttempts() {
        CallRecord record = record();
        assertThat(record.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.RATE_LIMITED, Outcome.ANSWERED);
        Attempt refused = record.attempts().get(0);
        long ended = refused.startOffsetNanos() + refused.durationNanos();
        assertThat(record.attempts().get(1).startOffsetNanos() - ended)
                .as("pause")
                .isGreaterThanOrEqualTo(ONE_SECOND.toNanos());
    }

    /** The first model answered, and nobody knows how many tokens that took. */
    final void assertAnsweredByFirstWithoutTokens() {
        CallRecord record = record();
        assertThat(record.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(record.answeredBy()).contains(firstId());
        assertThat(record.fellBack()).isFalse();
        assertThat(record.attempts()).extracting(Attempt::outcome).containsExactly(Outcome.ANSWERED);
        assertThat(record.inputTokens()).as("input tokens are unknown, not 0").isEmpty();
        assertThat(record.outputTokens()).as("output tokens are unknown, not 0").isEmpty();
        assertThat(record.cost()).isEqualTo(Cost.unknown());
        assertThat(second().requests()).as("requests to the second model").isEmpty();
    }

    /** One attempt after the other, all within the call, and the call within its limit. */
    private static void assertTimes(CallRecord record) {
        long earliest = 0;
        for (Attempt attempt : record.attempts()) {
            assertThat(attempt.startOffsetNanos()).as("start of " + attempt).isGreaterThanOrEqualTo(earliest);
            earliest = attempt.startOffsetNanos() + attempt.durationNanos();
        }
        assertThat(record.durationNanos())
                .as("duration of the call")
                .isBetween(earliest, PATIENT.call().toNanos());
    }

    private static void assertFailed(Attempt attempt, Set<Outcome> outcomes) {
        assertThat(attempt.outcome()).isIn(outcomes);
        assertThat(attempt.errorType()).isPresent();
        assertThat(attempt.inputTokens()).as("input tokens are unknown, not 0").isEmpty();
        assertThat(attempt.outputTokens())
                .as("output tokens are unknown, not 0")
                .isEmpty();
        if (attempt.outcome() == Outcome.TIMEOUT) {
            assertThat(attempt.startOffsetNanos() + attempt.durationNanos())
                    .as("end of what timed out, in nanoseconds")
                    .isBetween(LIMIT.toNanos(), SOON.toNanos() - 1);
        }
    }

    /** Waits for what was abandoned: an interrupted exchange takes a moment to return. */
    final void assertNothingRuns(ModelRouter router) {
        for (int polls = 0; polls < SOON.toMillis() && running(router) > 0; polls++) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        assertThat(router.callsRunning(firstId()))
                .as("calls that run on the first")
                .isZero();
        assertThat(router.callsRunning(secondId()))
                .as("calls that run on the second")
                .isZero();
    }

    private int running(ModelRouter router) {
        return router.callsRunning(firstId()) + router.callsRunning(secondId());
    }
}
