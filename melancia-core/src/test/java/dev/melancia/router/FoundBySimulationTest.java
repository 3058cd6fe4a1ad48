package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.say;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.budget.BudgetPeriod;
import dev.melancia.budget.Budgets;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.routing.Candidate;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What random schedules have found, one by one and on the same virtual clock. */
class FoundBySimulationTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Candidate SMALL = LOCAL.toBuilder().contextWindow(100).build();
    private static final TokenUsage FULL = new TokenUsage(100, 1);

    private final SimulatedWorld.Theatre theatre = new SimulatedWorld.Theatre();
    private final SimulatedWorld world = new SimulatedWorld(new Chance(1), theatre, null);
    private final List<CallRecord> records = new ArrayList<>();
    private final List<Object> told = new ArrayList<>();

    @AfterEach
    void close() {
        theatre.close();
    }

    @Test
    void slowHostDoesNotKeepItsStreamBeyondTheLimitOfTheCall() {
        Streams.Stream eager = Streams.streams("a", "b", "c", "d", "e", "f", "g", "h");
        Streams.Host slow = new Streams.Host() {
            @Override
            void hear(String what) {
                super.hear(what);
                sleep(60);
            }
        };
        stream(timed(Streams.one(eager)).limits(CallLimits.defaults().withCall(millis(150))), slow);

        assertThat(records.get(0).outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(records.get(0).durationNanos()).isEqualTo(MILLISECONDS.toNanos(180));
    }

    @Test
    void executorWithoutThreadsDoesNotSwallowTheEndOfAStream() {
        int[] tasks = new int[1];
        Streams.Host host = new Streams.Host();
        stream(
                timed(Streams.one(Streams.Stream.silent())).executor(task -> {
                    if (tasks[0]++ > 0) {
                        throw new SimulatedExecutor.NoThreadError();
                    }
                    world.begin(0, task);
                }),
                host);

        assertThat(host.heard).containsExactly("error:TimeoutException");
    }

    @Test
    void handlerThatBreaksAtARefusedCallDoesNotBreakItsCaller() {
        Streams.Host host = new Streams.Host() {
            @Override
            public void onError(Throwable error) {
                throw new IllegalStateException("the host is broken");
            }
        };
        stream(
                timed(Streams.one(Streams.Stream.silent()))
                        .requestLimits(RequestLimits.none().minQuestionCharacters(100)),
                host);

        assertThat(world.violations).isEmpty();
    }

    @Test
    void recordNamesTheModelThatAnsweredAfterAPromptWasCut() {
        call(timed(Fakes.router()
                .model(SMALL, new Fakes.Model(request -> answer("cut", FULL)))
                .model(PAID, Fakes.answers("whole"))));

        assertThat(told).containsExactly("whole");
        assertThat(records.get(0).answeredBy()).contains(PAID.id());
    }

    @Test
    void streamWhosePromptWasCutGivesThatAnswerWhenNothingBetterComes() {
        Streams.Host host = new Streams.Host();
        Streams.Stream cut = new Streams.Stream(out -> out.onCompleteResponse(answer("cut", FULL)));
        Streams.Stream broken = new Streams.Stream(out -> out.onError(new HttpException(500, "broken")));
        stream(
                timed(Fakes.router()
                        .model(SMALL, Fakes.answers("unused"), cut)
                        .model(PAID, Fakes.answers("unused"), broken)),
                host);

        assertThat(host.heard).containsExactly("complete");
        assertThat(records.get(0).outcome()).isEqualTo(Outcome.PROMPT_CUT);
        assertThat(records.get(0).answeredBy()).contains(SMALL.id());
    }

    @Test
    void recordNamesTheStreamThatWasHeardThoughAHedgeWasCutToo() {
        Streams.Stream heard = new Streams.Stream(out -> {
            sleep(100);
            out.onPartialResponse("a");
            out.onCompleteResponse(answer("a", FULL));
        });
        Streams.Stream silent = new Streams.Stream(out -> out.onCompleteResponse(answer("cut", FULL)));
        Candidate other = PAID.toBuilder().contextWindow(100).build();
        stream(
                timed(Fakes.router()
                                .model(SMALL, Fakes.answers("unused"), heard)
                                .model(other, Fakes.answers("unused"), silent))
                        .hedging(HedgeSettings.after(millis(50))),
                new Streams.Host());

        assertThat(records.get(0).attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.PROMPT_CUT, Outcome.PROMPT_CUT);
        assertThat(records.get(0).answeredBy()).contains(SMALL.id());
    }

    @Test
    void interruptIsToldAfterAFallback() {
        SimulatedThread caller = begin(timed(Fakes.router()
                .model(LOCAL, Fakes.fails(new HttpException(500, "broken")))
                .model(PAID, takes(1_000))));
        world.at(MILLISECONDS.toNanos(10), caller::interrupt);
        world.runUntilQuiet();

        assertThat(told).singleElement().isInstanceOf(CallInterruptedException.class);
        assertThat(((Throwable) told.get(0)).getSuppressed()).singleElement().isInstanceOf(HttpException.class);
    }

    @Test
    void interruptAtTheMomentOfAFailureBesideAHedgeEndsTheCall() {
        SimulatedThread[] caller = new SimulatedThread[1];
        Fakes.Model fails = new Fakes.Model(request -> {
            sleep(100);
            caller[0].interrupt();
            throw new HttpException(500, "broken");
        });
        caller[0] = begin(timed(Fakes.router().model(LOCAL, fails).model(PAID, takes(1_000)))
                .hedging(HedgeSettings.after(millis(50))));
        world.runUntilQuiet();

        assertThat(told).singleElement().isInstanceOf(CallInterruptedException.class);
        assertThat(records.get(0).attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Outcome.SERVER_ERROR, Outcome.INTERRUPTED);
    }

    @Test
    void attemptThatOnlyWaitedCostsNothing() {
        Budgets budgets = Budgets.builder().all(BudgetPeriod.DAY, "1").build();
        Candidate busy = PAID.toBuilder()
                .price(TokenPrice.usdPerMillionTokens("1", "1"))
                .maxConcurrentCalls(1)
                .maxQueuedCalls(1)
                .build();
        ModelRouter router = timed(Fakes.router().model(busy, takes(400)))
                .limits(CallLimits.defaults().withAttempt(millis(300)))
                .budgets(budgets)
                .build();
        begin(router);
        begin(router);
        world.runUntilQuiet();

        assertThat(records)
                .extracting(record -> record.cost().kind())
                .containsExactlyInAnyOrder(Cost.Kind.ESTIMATED, Cost.Kind.KNOWN);
        assertThat(budgets.status(NOON.toEpochMilli()).get(0).spentEstimatedUsd())
                .isEqualByComparingTo(records.stream()
                        .map(CallRecord::estimatedCost)
                        .flatMap(cost -> cost.usd().stream())
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }

    private void sleep(int millis) {
        world.sleep(MILLISECONDS.toNanos(millis), true);
    }

    private Fakes.Model takes(int millis) {
        return new Fakes.Model(request -> {
            sleep(millis);
            return answer("late");
        });
    }

    private ModelRouterBuilder timed(ModelRouterBuilder builder) {
        return builder.time(() -> NOON, world::now)
                .executor(task -> world.begin(0, task))
                .simulated(world, world)
                .ownThreads(task -> world.begin(0, task))
                .listener(records::add);
    }

    private SimulatedThread begin(ModelRouterBuilder builder) {
        return begin(builder.build());
    }

    private SimulatedThread begin(ModelRouter router) {
        return world.begin(0, () -> {
            try {
                told.add(router.chatModel().chat(say("hello")).aiMessage().text());
            } catch (RuntimeException e) {
                told.add(e);
            }
        });
    }

    private void call(ModelRouterBuilder builder) {
        SimulatedThread unused = begin(builder);
        world.runUntilQuiet();
    }

    private void stream(ModelRouterBuilder builder, Streams.Host host) {
        ModelRouter router = builder.build();
        SimulatedThread unused =
                world.begin(0, () -> router.streamingChatModel().chat(say("hello"), host));
        world.runUntilQuiet();
    }
}
