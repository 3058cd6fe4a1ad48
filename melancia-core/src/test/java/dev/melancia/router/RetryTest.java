package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.RateLimitException;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
import dev.melancia.provider.RetryAfter;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Rejection;
import dev.melancia.routing.RoutingDecision;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final Duration ASKED = Duration.ofSeconds(7);

    private final Records records = new Records();
    private final HandClock clock = new HandClock(Duration.ofSeconds(40));
    private final HandClock still = new HandClock();
    private final Host host = new Host();

    /** Refuses the first time only. */
    private static Model wakingAfter(RuntimeException refusal) {
        AtomicInteger calls = new AtomicInteger();
        return new Model(request -> {
            if (calls.getAndIncrement() == 0) {
                throw refusal;
            }
            return answer("Oi!");
        });
    }

    private static RuntimeException asking(Duration wait) {
        return new AskingToWait(wait);
    }

    private static final class AskingToWait extends RateLimitException implements RetryAfter {
        private static final long serialVersionUID = 1L;
        private final Duration wait;

        AskingToWait(Duration wait) {
            super("slow down");
            this.wait = wait;
        }

        @Override
        public Duration retryAfter() {
            return wait;
        }
    }

    /** Jumps over pauses, not over the wait for a model: its limit is longer. */
    private ModelRouterBuilder one(Model model) {
        return clock.in(router().model(LOCAL, model)).listener(records);
    }

    private ModelRouter streaming(Stream stream) {
        return still.in(Streams.one(stream)).listener(records).build();
    }

    @Test
    void aRetryWaitsAsLongAsTheServerAsked() {
        try (ModelRouter router = one(wakingAfter(asking(ASKED))).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");

            assertThat(clock.jumps).containsExactly(ASKED.toNanos());
            assertThat(records.only().attempts())
                    .extracting(Attempt::startOffsetNanos)
                    .containsExactly(0L, ASKED.toNanos());
        }
    }

    @Test
    void aRetryWaitsAsDrawnWhereTheServerSaidNothing() {
        try (ModelRouter router = one(wakingAfter(new RateLimitException("slow down")))
                .random(() -> 123_456_789)
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(clock.jumps).containsExactly(123_456_789L);
        }
    }

    @Test
    void aServerThatAsksForTooLongFailsTheCallAtOnce() {
        RuntimeException tooLong = asking(Duration.ofSeconds(31));
        Model model = wakingAfter(tooLong);
        try (ModelRouter router = one(model).build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(tooLong);
            assertThat(model.calls()).isOne();
            assertThat(clock.jumps).isEmpty();
        }
    }

    @Test
    void aPauseThatEndsPastTheDeadlineFailsTheCallAtOnce() {
        RuntimeException refusal = asking(ASKED);
        try (ModelRouter router = clock.in(router().model(LOCAL, wakingAfter(refusal)))
                .limits(CallLimits.defaults().withAttempt(Duration.ofHours(1)).withCall(ASKED))
                .executor(Runnable::run)
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(refusal);
            assertThat(clock.jumps).isEmpty();
        }
    }

    @Test
    void noMoreIsTriedAgainOnceTheBudgetIsEmpty() {
        Model refusing = fails(new RateLimitException("slow down"));
        try (ModelRouter router = one(refusing)
                .retries(RetrySettings.defaults().budget(.01))
                .breaker(BreakerSettings.none())
                .build()) {
            for (int i = 0; i < 12; i++) {
                assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isNotNull();
            }
            assertThat(refusing.calls()).as("ten in reserve").isEqualTo(22);
            assertThat(records.all.get(11).attempts()).hasSize(1);
            assertThat(records.all.get(11).outcome()).isEqualTo(Outcome.RATE_LIMITED);
        }
    }

    @Test
    void noMoreIsTriedAgainThanTheSettingsSay() {
        Model refusing = fails(new RateLimitException("slow down"));
        try (ModelRouter router =
                one(refusing).retries(RetrySettings.defaults().maxRetries(3)).build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi")))
                    .isInstanceOf(AllModelsFailedException.class);
            assertThat(refusing.calls()).isEqualTo(4);
        }
    }

    @Test
    void aModelThatAskedToBeLeftAloneIsAvoidedUntilThen() {
        try (ModelRouter router = clock.in(
                        router().model(LOCAL, wakingAfter(asking(ASKED))).model(PAID, answers("paid")))
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("paid");

            RoutingDecision now = router.explain(say("Oi"), CallContext.empty());
            assertThat(now.candidates()).extracting(c -> c.id()).containsExactly(PAID.id());
            assertThat(now.rejections())
                    .containsExactly(new Rejection(LOCAL.id(), "asked to be left alone for another PT7S"));
            assertThat(now.explanation()).contains("asked to be left alone for another PT7S");
            clock.pass(ASKED.minusNanos(1));
            assertThat(router.chatModel().chat("Oi")).isEqualTo("paid");
            clock.pass(Duration.ofNanos(1));
            assertThat(router.explain(say("Oi"), CallContext.empty()).rejections())
                    .isEmpty();
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
        }
    }

    @Test
    void aModelAloneIsAskedThoughItAskedToBeLeftAlone() {
        RuntimeException tooLong = asking(Duration.ofHours(1));
        try (ModelRouter router = one(wakingAfter(tooLong)).build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(tooLong);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
        }
    }

    @Test
    void askingForLessDoesNotShortenWhatWasAskedBefore() {
        Quiet quiet = new Quiet();
        assertThat(quiet.isAskedFor()).isFalse();
        quiet.askedFor(100, 0);
        quiet.askedFor(10, 50);

        assertThat(quiet.leftNanos(50)).isEqualTo(50);
        assertThat(quiet.isAskedFor()).isTrue();
        assertThat(quiet.leftNanos(100)).isZero();
        assertThat(quiet.isAskedFor()).isFalse();
    }

    @Test
    void aStreamIsTriedAgainWhenTheServerSaid() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Stream waking = new Stream(out -> {
            if (calls.getAndIncrement() == 0) {
                out.onError(asking(ASKED));
            } else {
                out.onPartialResponse("Oi");
                out.onCompleteResponse(answer("Oi"));
            }
        });
        try (ModelRouter router = streaming(waking)) {
            router.streamingChatModel().chat(say("Oi"), host);
            still.awaitTimer(ASKED);
            still.pass(ASKED.minusNanos(1));
            assertThat(calls).hasValue(1);
            still.pass(Duration.ofNanos(1));

            assertThat(host.untilTheEnd().heard).containsExactly("plain:Oi", "complete");
            assertThat(records.only().attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.RATE_LIMITED, Outcome.ANSWERED);
        }
    }

    @Test
    void aStreamFailsAtOnceWhenTheServerAsksForTooLong() throws Exception {
        RuntimeException tooLong = asking(Duration.ofSeconds(31));
        try (ModelRouter router = streaming(new Stream(out -> out.onError(tooLong)))) {
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().errors).containsExactly(tooLong);
            assertThat(router.health().avoidance(LOCAL.id())).contains("asked to be left alone for another PT31S");
        }
    }
}
