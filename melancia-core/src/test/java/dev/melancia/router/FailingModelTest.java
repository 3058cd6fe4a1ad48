package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.routing.RoutingDecision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A model that keeps failing is left alone, and tried again later. */
class FailingModelTest {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong();
    private final List<CallRecord> records = new ArrayList<>();

    @Test
    void isNotCalledAnyMoreOnceHalfOfTenCallsFailedAndTheDecisionSaysSo() {
        Fakes.Model broken = fails(new InternalServerException("500"));
        try (ModelRouter router = router(broken, answers("Oi!")).build()) {
            call(router, 15);
            assertThat(broken.requests).hasSize(10);
            CallRecord last = records.get(14);
            assertThat(last.attempts()).hasSize(1);
            assertThat(last.assigned()).contains(LOCAL.id());
            assertThat(last.fellBack()).isTrue();
            RoutingDecision decision = router.explain(say("Oi"), CallContext.empty());
            assertThat(decision.rejections())
                    .hasToString("[ollama/phi3:mini: failed too often and is left alone for a while]");
            assertThat(router.health().avoidance(LOCAL.id())).isPresent();
        }
    }

    @Test
    void isTriedAgainAfterItsCoolDownAndTakesItsCallsBack() {
        boolean[] healthy = new boolean[1];
        Fakes.Model model = new Fakes.Model(request -> {
            if (healthy[0]) {
                return answer("local");
            }
            throw new InternalServerException("500");
        });
        try (ModelRouter router = router(model, answers("paid")).build()) {
            call(router, 15);
            healthy[0] = true;
            now.addAndGet(4 * SECOND);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("paid");
            now.addAndGet(SECOND);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("local");
            call(router, 20);
            assertThat(records.get(records.size() - 1).answeredBy()).contains(LOCAL.id());
            assertThat(router.health()).hasToString("HealthSnapshot[unavailable={}, avoided={}]");
        }
    }

    @Test
    void isTriedAllTheSameWhenNoOtherCanTakeTheCall() {
        Fakes.Model broken = fails(new InternalServerException("500"));
        try (ModelRouter router = builder().model(LOCAL, broken).build()) {
            for (int i = 0; i < 15; i++) {
                assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(InternalServerException.class);
            }
            assertThat(broken.requests).hasSize(15);
        }
    }

    @Test
    void isNotBlamedForTheCallersMistakes() {
        Fakes.Model strict = fails(new InvalidRequestException("400"));
        try (ModelRouter router = router(strict, answers("Oi!")).build()) {
            for (int i = 0; i < 30; i++) {
                assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(InvalidRequestException.class);
            }
            assertThat(strict.requests).hasSize(30);
        }
    }

    @Test
    void isNeverLeftAloneWithoutABreaker() {
        Fakes.Model broken = fails(new InternalServerException("500"));
        try (ModelRouter router =
                router(broken, answers("Oi!")).breaker(BreakerSettings.none()).build()) {
            call(router, 30);
            assertThat(broken.requests).hasSize(30);
        }
    }

    @Test
    void isLeftAloneForBeingSlowWhereThatCounts() {
        Fakes.Model slow = new Fakes.Model(request -> {
            now.addAndGet(2 * SECOND);
            return answer("slow");
        });
        BreakerSettings impatient = BreakerSettings.defaults().slowCalls(Duration.ofSeconds(2), .5);
        try (ModelRouter router =
                router(slow, answers("quick")).breaker(impatient).build()) {
            call(router, 10);
            assertThat(router.chatModel().chat("Oi")).isEqualTo("quick");
        }
    }

    private ModelRouterBuilder router(Fakes.Model local, Fakes.Model paid) {
        return builder().model(LOCAL, local).model(PAID, paid);
    }

    private ModelRouterBuilder builder() {
        return Fakes.router()
                .limits(CallLimits.none())
                .time(InstantSource.system(), now::get)
                .listener(records::add);
    }

    private static void call(ModelRouter router, int times) {
        for (int i = 0; i < times; i++) {
            router.chatModel().chat("Oi");
        }
    }
}
