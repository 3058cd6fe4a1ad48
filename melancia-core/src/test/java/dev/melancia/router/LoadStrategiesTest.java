package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.melancia.call.CallContext;
import dev.melancia.call.Urgency;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.Fakes.Deaf;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.HealthSnapshot;
import dev.melancia.routing.ModelLoad;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadStrategiesTest {

    private static final Target BOTH =
            Target.models(LOCAL.id().toString(), PAID.id().toString());
    private static final RoutingPolicy FASTEST =
            RoutingPolicy.builder("fast").otherwise(Target.fastest(BOTH)).build();
    private static final RoutingPolicy LEAST_BUSY =
            RoutingPolicy.builder("idle").otherwise(Target.leastBusy(BOTH)).build();

    private final HandClock clock = new HandClock();
    private final Records records = new Records();

    private Model taking(Duration time, String text) {
        return new Model(request -> {
            clock.pass(time);
            return answer(text);
        });
    }

    private ModelRouterBuilder two(Model first, Model second) {
        return clock.in(router().model(LOCAL, first).model(PAID, second)).listener(records);
    }

    private static HealthSnapshot seen(ModelRouter router) {
        return router.explain(say("Oi"), CallContext.empty()).health();
    }

    @Test
    void theFastestAnswersOnceEachWasMeasured() {
        try (ModelRouter router = two(taking(Duration.ofMillis(100), "slow"), taking(Duration.ofMillis(10), "fast"))
                .policy(FASTEST)
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("slow");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("fast");
            assertThat(router.chatModel().chat("Oi")).isEqualTo("fast");

            assertThat(seen(router).load(LOCAL.id()).orElseThrow().latencyNanos())
                    .isBetween(99_000_000L, 100_000_000L);
            assertThat(router.explain(say("Oi"), CallContext.empty()).reason()).contains("10 ms x 0 running");
        }
    }

    @Test
    void aStreamCountsByItsFirstPiece() throws Exception {
        Stream stream = new Stream(out -> {
            clock.pass(Duration.ofMillis(30));
            out.onPartialResponse("O");
            clock.pass(Duration.ofMillis(500));
            out.onCompleteResponse(answer("O"));
        });
        Host host = new Host();
        try (ModelRouter router = clock.in(
                        router().model(LOCAL, answers("unused"), stream).model(PAID, answers("unused"), stream))
                .policy(FASTEST)
                .listener(records)
                .build()) {
            router.streamingChatModel().chat(say("Oi"), host);
            host.untilTheEnd();
            assertThat(seen(router).load(LOCAL.id()).orElseThrow().latencyNanos())
                    .as("of whole answers")
                    .isEqualTo(ModelLoad.NOT_MEASURED);
            Host again = new Host();
            router.streamingChatModel().chat(say("Oi"), again);
            again.untilTheEnd();
            HealthSnapshot decided = records.all.get(1).decision().orElseThrow().health();
            assertThat(decided.load(LOCAL.id()).orElseThrow().latencyNanos()).isEqualTo(30_000_000);
        }
    }

    @Test
    void waitingForAThreadOfTheHostIsNotTheModelsDoing() throws Exception {
        Stream stream = new Stream(out -> {
            clock.pass(Duration.ofMillis(30));
            out.onCompleteResponse(answer("O"));
        });
        Host host = new Host();
        try (ModelRouter router = clock.in(router().model(LOCAL, taking(Duration.ofMillis(10), "Oi!"), stream)
                        .model(PAID, taking(Duration.ofMillis(20), "Oi!"), stream))
                .policy(FASTEST)
                .listener(records)
                .executor(task -> {
                    clock.pass(Duration.ofMillis(100));
                    task.run();
                })
                .build()) {
            router.chatModel().chat("Oi");
            assertThat(seen(router).load(LOCAL.id())).contains(new ModelLoad(10_000_000, 0, 64));
            router.streamingChatModel().chat(say("Oi"), host);
            host.untilTheEnd();
            Host again = new Host();
            router.streamingChatModel().chat(say("Oi"), again);
            again.untilTheEnd();
            HealthSnapshot decided = records.all.get(2).decision().orElseThrow().health();
            assertThat(decided.load(LOCAL.id()).orElseThrow().latencyNanos()).isEqualTo(30_000_000);
        }
    }

    @Test
    void oneSlowAnswerDoesNotKeepCallsFromAModelForEver() {
        AtomicInteger asked = new AtomicInteger();
        Model onceSlow = new Model(request -> {
            clock.pass(asked.getAndIncrement() == 0 ? Duration.ofMinutes(3) : Duration.ofMillis(50));
            return answer("better");
        });
        try (ModelRouter router = two(onceSlow, taking(Duration.ofMillis(100), "other"))
                .policy(FASTEST)
                .build()) {
            for (int i = 0; i < 15; i++) {
                router.chatModel().chat("Oi");
                clock.pass(Duration.ofSeconds(10));
            }
            assertThat(onceSlow.calls()).isGreaterThan(1);
        }
    }

    @Test
    void theLeastBusyAnswers() {
        Deaf deaf = new Deaf();
        try (deaf;
                ModelRouter router =
                        two(deaf.model, answers("idle")).policy(LEAST_BUSY).build()) {
            new Thread(() -> router.chatModel().chat("occupies")).start();
            await().until(() -> deaf.model.calls() == 1);

            assertThat(router.chatModel().chat("Oi")).isEqualTo("idle");
            assertThat(seen(router).load(LOCAL.id())).contains(new ModelLoad(ModelLoad.NOT_MEASURED, 1, 64));
        }
    }

    @Test
    void loadsAreMeasuredAndShownOnlyWhereSomebodyReadsThem() {
        try (ModelRouter router =
                two(taking(Duration.ofMillis(7), "Oi!"), answers("other")).build()) {
            router.chatModel().chat("Oi");
            assertThat(seen(router).load(LOCAL.id())).isEmpty();
            assertThat(router.health().load(LOCAL.id())).isEmpty();
            router.swapPolicy(FASTEST);
            assertThat(seen(router).load(LOCAL.id())).contains(new ModelLoad(ModelLoad.NOT_MEASURED, 0, 64));
            router.chatModel().chat("Oi");
            assertThat(seen(router).load(LOCAL.id())).contains(new ModelLoad(7_000_000, 0, 64));
        }
    }

    @Test
    void aCallersPriceCeilingPassesOverWhatIsDearer() {
        Candidate dear = PAID.withPrice(TokenPrice.usdPerMillionTokens("1", "1"));
        Candidate free = LOCAL.withPrice(TokenPrice.free());
        CallContext thrifty = CallContext.builder().priceCeilingUsd("0.0005").build();
        CallContext generous = CallContext.builder().priceCeilingUsd("0.5").build();
        Model paid = answers("dear");
        try (ModelRouter router =
                router().model(dear, paid).model(free, answers("free")).build()) {
            assertThat(router.chatModel(generous).chat("Oi")).isEqualTo("dear");
            assertThat(router.chatModel(thrifty).chat("Oi")).isEqualTo("free");
            assertThat(router.explain(say("Oi"), thrifty).rejections().get(0).toString())
                    .contains("and the caller allows 0.0005 USD at most");
        }
        try (ModelRouter alone = router().model(dear, paid).build()) {
            assertThat(catchThrowable(() -> alone.chatModel(thrifty).chat("Oi")))
                    .isInstanceOf(NoCandidateException.class);
            assertThat(paid.calls()).isOne();
        }
    }

    @Test
    void anUrgentCallMayGoElsewhereAndItsRecordSaysSo() {
        RoutingPolicy policy = RoutingPolicy.builder("urgent")
                .rule(
                        "hurry",
                        Condition.urgency(Urgency.HIGH),
                        Target.models(PAID.id().toString()))
                .otherwise(Target.models(LOCAL.id().toString()))
                .build();
        CallContext urgent = CallContext.builder().urgency(Urgency.HIGH).build();
        try (ModelRouter router =
                two(answers("calm"), answers("hasty")).policy(policy).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("calm");
            assertThat(router.chatModel(urgent).chat("Oi")).isEqualTo("hasty");
            assertThat(records.all)
                    .extracting(record -> record.urgency())
                    .containsExactly(Urgency.NORMAL, Urgency.HIGH);
        }
    }
}
