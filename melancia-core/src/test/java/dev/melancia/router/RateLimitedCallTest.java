package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.melancia.call.Attempt;
import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RateLimit;
import dev.melancia.routing.Rejection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RateLimitedCallTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RateLimit ONE_A_MINUTE = new RateLimit(1, MINUTE, 1);
    private static final Candidate SELDOM =
            Candidate.builder(LOCAL.id()).rateLimit(ONE_A_MINUTE).build();
    private static final CallContext ACME = CallContext.builder().tenant("acme").build();

    private final Records records = new Records();
    private final HandClock clock = new HandClock();
    private final Model local = answers("local");
    private final Model paid = answers("paid");

    private ModelRouterBuilder seldom() {
        return clock.in(router().model(SELDOM, local).model(PAID, paid)).listener(records);
    }

    @Test
    void aModelWhoseRateIsReachedIsPassedOverWithTheReason() {
        try (ModelRouter router = seldom().build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("local");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("paid");

            assertThat(records.all.get(1).attempts()).hasSize(1);
            assertThat(records.all.get(1).decision().orElseThrow().rejections())
                    .containsExactly(
                            new Rejection(SELDOM.id(), "began as many calls as it may, 1 calls in PT1M, 1 at once"));
            clock.pass(MINUTE.minusNanos(1));
            assertThat(router.chatModel().chat("Oi")).isEqualTo("paid");
            clock.pass(Duration.ofNanos(1));
            assertThat(router.chatModel().chat("Oi")).isEqualTo("local");
        }
    }

    @Test
    void aModelAloneWhoseRateIsReachedRefusesTheCall() {
        try (ModelRouter router =
                clock.in(router().model(SELDOM, local)).listener(records).build()) {
            router.chatModel().chat("Oi");
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isInstanceOf(NoCandidateException.class);
            assertThat(records.all.get(1).outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(local.calls()).isOne();
        }
    }

    @Test
    void aRateReachedAfterTheDecisionRefusesTheAttempt() {
        AtomicReference<ModelRouter> self = new AtomicReference<>();
        AtomicInteger draws = new AtomicInteger();
        try (ModelRouter router = seldom().random(() -> {
                    if (draws.incrementAndGet() == 2) { // the decision's own draw: it has seen the models by then
                        self.get().chatModel().chat("another call");
                    }
                    return 0;
                })
                .build()) {
            self.set(router);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("paid");

            assertThat(records.all.get(1).attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.NO_PERMIT, Outcome.ANSWERED);
            assertThat(records.all.get(1).attempts().get(0).errorType()).contains("ModelBusyException");
            assertThat(local.calls()).isOne();
        }
    }

    @Test
    void noMoreCallsBeginThanTheRateAllowsHoweverManyComeAtOnce() throws Exception {
        Candidate three = Candidate.builder(LOCAL.id())
                .rateLimit(ONE_A_MINUTE.withBurst(3))
                .build();
        CountDownLatch done = new CountDownLatch(6);
        try (ModelRouter router =
                clock.in(router().model(three, local).model(PAID, paid)).build()) {
            for (int i = 0; i < 6; i++) {
                new Thread(() -> {
                            for (int call = 0; call < 20; call++) {
                                router.chatModel().chat("Oi");
                            }
                            done.countDown();
                        })
                        .start();
            }
            assertThat(done.await(60, SECONDS)).isTrue();
        }
        assertThat(local.calls()).isEqualTo(3);
        assertThat(paid.calls()).isEqualTo(117);
    }

    @Test
    void aStreamIsPassedOnToo() throws Exception {
        Stream never = Streams.streams("local");
        Host host = new Host();
        try (ModelRouter router = clock.in(
                        router().model(SELDOM, local, never).model(PAID, paid, Streams.streams("paid")))
                .build()) {
            router.chatModel().chat("Oi");
            router.streamingChatModel().chat(say("Oi"), host);

            assertThat(host.untilTheEnd().heard).containsExactly("plain:paid", "complete");
            assertThat(never.asked).isEmpty();
        }
    }

    @Test
    void aTenantThatCallsTooOftenIsRefusedAndNothingCalled() throws Exception {
        try (ModelRouter router = clock.in(router().model(LOCAL, local, Streams.streams("never")))
                .listener(records)
                .tenantLimit(ONE_A_MINUTE)
                .build()) {
            router.chatModel(ACME).chat("Oi");
            clock.pass(Duration.ofSeconds(10));
            TenantLimitException refused = catchThrowableOfType(
                    TenantLimitException.class, () -> router.chatModel(ACME).chat("Oi"));

            assertThat(refused.tenant()).isEqualTo("acme");
            assertThat(refused.limit()).isEqualTo(ONE_A_MINUTE);
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(50));
            assertThat(records.all.get(1).outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(records.all.get(1).tenant()).contains("acme");
            assertThat(records.all.get(1).attempts()).isEmpty();
            assertThat(local.calls()).isOne();
            Host host = new Host();
            router.streamingChatModel(ACME).chat(say("Oi"), host);
            assertThat(host.untilTheEnd().heard).containsExactly("error:TenantLimitException");
            assertThat(records.all.get(2).outcome()).isEqualTo(Outcome.REJECTED);
            clock.pass(Duration.ofSeconds(50));
            assertThat(router.chatModel(ACME).chat("Oi")).isEqualTo("local");
        }
    }

    @Test
    void aTenantWithoutANameIsRefused() {
        assertThat(catchThrowable(() -> ModelRouter.builder().tenantLimit(" ", ONE_A_MINUTE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tenant must not be blank; tenantLimit(limit) is for each");
    }

    @Test
    void aLimitOfItsOwnReplacesThatOfEachTenantAndACallWithoutTenantHasNone() {
        try (ModelRouter router = clock.in(router().model(LOCAL, local))
                .tenantLimit(ONE_A_MINUTE)
                .tenantLimit("acme", ONE_A_MINUTE.withBurst(2))
                .build()) {
            router.chatModel(ACME).chat("Oi");
            router.chatModel(ACME).chat("Oi");
            assertThat(catchThrowable(() -> router.chatModel(ACME).chat("Oi")))
                    .isInstanceOf(TenantLimitException.class);
            for (int i = 0; i < 3; i++) {
                router.chatModel().chat("Oi");
            }
        }
    }
}
