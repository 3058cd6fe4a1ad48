package dev.melancia.router;

import static dev.melancia.budget.BudgetPeriod.DAY;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.awaitDeaf;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.budget.BudgetStatus;
import dev.melancia.budget.Budgets;
import dev.melancia.call.Attempt;
import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.Fakes.Deaf;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Handle;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import dev.melancia.routing.TokenEstimate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetedCallTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    /** A millionth of a dollar a token. */
    private static final Candidate PRICED = Candidate.builder("openai/gpt-4o-mini")
            .price(TokenPrice.usdPerMillionTokens("1", "1"))
            .build();

    private static final Candidate FREE =
            Candidate.builder("ollama/phi3:mini").price(TokenPrice.free()).build();

    /** What a call "Oi" may cost: its prompt and the answer of a request without limit, in millionths of a dollar. */
    private static final int EXPECTED = TokenEstimate.promptTokens(say("Oi")) + TokenEstimate.DEFAULT_ANSWER_TOKENS;

    private static final Cost ESTIMATE = Cost.estimatedPicoUsd(EXPECTED * 1_000_000L);

    private final Records records = new Records();
    private final HandClock clock = new HandClock(LIMIT);
    private final Budgets dollar = Budgets.builder().all(DAY, "1").build();
    private final Deaf deaf = new Deaf();

    @AfterEach
    void release() {
        deaf.close();
    }

    private ModelRouterBuilder with(Budgets budgets) {
        return clock.in(router()).budgets(budgets).listener(records).retries(RetrySettings.none());
    }

    private String[] status(Budgets budgets) {
        BudgetStatus all = budgets.status(clock.millis()).get(0);
        return new String[] {micros(all.spentKnownUsd()), micros(all.spentEstimatedUsd()), micros(all.reservedUsd())};
    }

    private static String micros(java.math.BigDecimal usd) {
        return usd.movePointRight(6).stripTrailingZeros().toPlainString();
    }

    private void assertSpent(int known, int estimated) {
        assertThat(status(dollar)).containsExactly(String.valueOf(known), String.valueOf(estimated), "0");
    }

    private Cost cost() {
        return records.only().attempts().get(0).cost();
    }

    @Test
    void whatACallMayCostIsReservedWhileItRunsAndReplacedByWhatItCost() {
        Model model = new Model(request -> {
            assertThat(status(dollar)).containsExactly("0", "0", String.valueOf(EXPECTED));
            return answer("Oi!", new TokenUsage(10, 20));
        });
        try (ModelRouter router = with(dollar).model(PRICED, model).build()) {
            router.chatModel().chat("Oi");

            assertSpent(30, 0);
            assertThat(cost()).isEqualTo(Cost.knownPicoUsd(30_000_000));
        }
    }

    @Test
    void anAnswerThatNobodyCountedCostsWhatWasReserved() {
        try (ModelRouter router = with(dollar).model(PRICED, answers("Oi!")).build()) {
            router.chatModel().chat("Oi");

            assertSpent(0, EXPECTED);
            assertThat(cost()).isEqualTo(ESTIMATE);
        }
    }

    static List<Throwable> neverBilled() {
        return List.of(
                new RateLimitException("429"),
                new AuthenticationException("401"),
                new ModelNotFoundException("404"),
                new InvalidRequestException("400"),
                new InvalidRequestException("maximum context length"),
                new UncheckedIOException(new ConnectException()));
    }

    static List<Throwable> perhapsBilled() {
        return List.of(
                new InternalServerException("500"),
                new ContentFilteredException("filtered"),
                new UncheckedIOException(new IOException("broken off")),
                new IllegalStateException("?"),
                new StackOverflowError("deep"));
    }

    private ModelRouter failing(Throwable error) {
        return with(dollar)
                .model(PRICED, new Model(request -> {
                    throw sneaky(error);
                }))
                .build();
    }

    private static RuntimeException sneaky(Throwable error) {
        if (error instanceof Error fatal) {
            throw fatal;
        }
        return (RuntimeException) error;
    }

    @ParameterizedTest
    @MethodSource("neverBilled")
    void whatIsNeverBilledIsGivenBack(Throwable error) {
        try (ModelRouter router = failing(error)) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(error);
            assertSpent(0, 0);
            assertThat(cost()).isEqualTo(Cost.zero());
        }
    }

    @ParameterizedTest
    @MethodSource("perhapsBilled")
    void whatMayHaveBeenBilledCountsAsReserved(Throwable error) {
        try (ModelRouter router = failing(error)) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(error);
            assertSpent(0, EXPECTED);
            assertThat(cost()).isEqualTo(ESTIMATE);
        }
    }

    @Test
    void anAttemptThatTimesOutCountsAsReserved() {
        HandClock patient = new HandClock(LIMIT) {
            @Override
            public void park(Object blocker, long wait) {
                await().until(() -> deaf.model.calls() == 1);
                super.park(blocker, wait);
            }
        };
        try (ModelRouter router = patient.in(router())
                .model(PRICED.toBuilder().attemptLimit(LIMIT).build(), deaf.model)
                .budgets(dollar)
                .listener(records)
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isNotNull();
            assertThat(records.only().outcome()).isEqualTo(Outcome.TIMEOUT);
            assertSpent(0, EXPECTED);
        }
    }

    @Test
    void aCallThatNoThreadTookIsGivenBack() {
        try (ModelRouter router = with(dollar)
                .model(PRICED.toBuilder().attemptLimit(LIMIT).build(), answers("never"))
                .executor(task -> {})
                .build()) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isNotNull();
            assertThat(records.only().outcome()).isEqualTo(Outcome.NO_PERMIT);
            assertSpent(0, 0);
            assertThat(cost()).isEqualTo(Cost.zero());
        }
    }

    @Test
    void aHedgeThatLosesCountsAsReserved() {
        Model slow = new Model(request -> {
            awaitDeaf(clock.waiting);
            await().until(() -> deaf.model.calls() == 1);
            return answer("slow");
        });
        try (ModelRouter router = with(dollar)
                .model(FREE, slow)
                .model(PRICED, deaf.model)
                .hedging(HedgeSettings.after(LIMIT))
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("slow");
            assertThat(records.only().attempts()).extracting(Attempt::cost).containsExactly(Cost.zero(), ESTIMATE);
            assertSpent(0, EXPECTED);
        }
    }

    @Test
    void aHedgeThatTheBudgetRefusesDoesNotEndTheCall() {
        Budgets cent = Budgets.builder().all(DAY, "0.0001").build();
        Model slow = new Model(request -> {
            awaitDeaf(clock.waiting);
            return answer("slow");
        });
        try (ModelRouter router = with(cent)
                .model(FREE, slow)
                .model(PRICED, deaf.model)
                .policy(RoutingPolicy.builder("strict")
                        .otherwise(
                                Target.models(FREE.id().toString(), PRICED.id().toString()))
                        .refuseWhenBudgetSpent()
                        .build())
                .hedging(HedgeSettings.after(LIMIT))
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("slow");
            assertThat(records.only().attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.ANSWERED, Outcome.BUDGET_SPENT);
            assertThat(deaf.model.calls()).isZero();
        }
    }

    @Test
    void whatIsTooDearForTheBudgetIsNotCalledAndTheFreeModelAnswers() {
        Budgets little = Budgets.builder().all(DAY, "0.0005").build();
        Model dear = answers("dear");
        try (ModelRouter router =
                with(little).model(PRICED, dear).model(FREE, answers("free")).build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("free");

            Attempt refused = records.only().attempts().get(0);
            assertThat(refused.outcome()).isEqualTo(Outcome.BUDGET_SPENT);
            assertThat(refused.cost()).isEqualTo(Cost.zero());
            assertThat(refused.errorType()).contains("BudgetSpentException");
            assertThat(dear.calls()).isZero();
        }
    }

    @Test
    void aSpentBudgetLeavesTheFreeModelsToTheDecision() {
        Budgets little = Budgets.builder().eachTenant(DAY, "0.002").build();
        CallContext acme = CallContext.builder().tenant("acme").build();
        Model dear = new Model(request -> answer("dear", new TokenUsage(1_000, 1_000)));
        try (ModelRouter router =
                with(little).model(PRICED, dear).model(FREE, answers("free")).build()) {
            assertThat(router.chatModel(acme).chat("Oi")).isEqualTo("dear");
            assertThat(router.chatModel(acme).chat("Oi")).isEqualTo("free");

            assertThat(records.all.get(1).attempts()).hasSize(1);
            assertThat(records.all
                            .get(1)
                            .decision()
                            .orElseThrow()
                            .rejections()
                            .get(0)
                            .toString())
                    .contains("tenant acme: 0.002 of 0.002 USD spent");
            assertThat(router.chatModel().chat("Oi")).as("no tenant, no budget").isEqualTo("dear");
            clock.pass(Duration.ofDays(1));
            assertThat(router.chatModel(acme).chat("Oi")).as("the next day").isEqualTo("dear");
        }
    }

    private static RoutingPolicy strict() {
        return RoutingPolicy.builder("strict")
                .otherwise(Target.models(PRICED.id().toString(), FREE.id().toString()))
                .refuseWhenBudgetSpent()
                .build();
    }

    @Test
    void aPolicyMayRefuseInstead() {
        Budgets little = Budgets.builder().all(DAY, "0.002").build();
        Model free = answers("free");
        Model dear = new Model(request -> answer("dear", new TokenUsage(500, 500)));
        try (ModelRouter router = with(little)
                .model(PRICED, dear)
                .model(FREE, free)
                .policy(strict())
                .build()) {
            router.chatModel().chat("Oi");
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi")))
                    .isInstanceOf(BudgetSpentException.class)
                    .hasMessageStartingWith("openai/gpt-4o-mini was not called: all calls: 0.001 of 0.002 USD spent")
                    .hasMessageEndingWith("; raise the budget, wait for its next hour or day, or add a free candidate");
            assertThat(records.all.get(1).outcome()).isEqualTo(Outcome.BUDGET_SPENT);
            little.tryReserve(CallContext.empty(), 1_000_000_000L, clock.millis());
            NoCandidateException refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                    NoCandidateException.class, () -> router.chatModel().chat("Oi"));
            assertThat(refused.isRefusedForBudget()).isTrue();
            assertThat(refused.rejections()).hasSize(2);
            assertThat(records.all.get(2).outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(records.all.get(2).decision().orElseThrow().isRefusedForBudget())
                    .isTrue();
            assertThat(free.calls()).isZero();
            assertThat(dear.calls()).isOne();
        }
    }

    @Test
    void aCandidateWithoutAPriceIsRefusedWhereThereAreBudgets() {
        assertThatThrownBy(() -> with(dollar)
                        .model(Candidate.of("openai/gpt-4o-mini"), answers("never"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "openai/gpt-4o-mini has no price now, so no budget can count its calls; give its candidate a"
                                + " price (TokenPrice.free() if it costs nothing) or the router a PriceTable");
    }

    @Test
    void manyCallsAtOnceTakeNoMoreThanThereIs() throws Exception {
        Budgets forTwenty = Budgets.builder()
                .all(
                        DAY,
                        new java.math.BigDecimal(EXPECTED * 20L)
                                .movePointLeft(6)
                                .toPlainString())
                .build();
        Model exact = new Model(request -> answer("dear", new TokenUsage(EXPECTED - 1_000, 1_000)));
        CountDownLatch done = new CountDownLatch(6);
        try (ModelRouter router = with(forTwenty)
                .model(PRICED, exact)
                .model(FREE, answers("free"))
                .build()) {
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
        assertThat(exact.calls()).isEqualTo(20);
        assertThat(status(forTwenty)).containsExactly(String.valueOf(EXPECTED * 20), "0", "0");
        assertThat(records.all).hasSize(120).allMatch(record -> record.outcome() == Outcome.ANSWERED);
    }

    private Host stream(ModelRouter router) {
        Host host = new Host();
        router.streamingChatModel().chat(say("Oi"), host);
        return host;
    }

    private ModelRouter streaming(Stream stream) {
        return with(dollar).model(PRICED, answers("unused"), stream).build();
    }

    @Test
    void aStreamIsReservedAndSettledToo() throws Exception {
        Stream stream = Stream.silent();
        try (ModelRouter router = streaming(stream)) {
            Host host = stream(router);
            stream.out().onPartialResponse("Oi");
            assertThat(status(dollar)).containsExactly("0", "0", String.valueOf(EXPECTED));
            stream.out().onCompleteResponse(answer("Oi", new TokenUsage(10, 20)));
            host.untilTheEnd();
            assertSpent(30, 0);
        }
    }

    @Test
    void aStreamThatIsCancelledCountsAsReserved() {
        Stream stream = Stream.silent();
        try (ModelRouter router = streaming(stream)) {
            Host host = stream(router);
            stream.out()
                    .onPartialResponse(
                            new dev.langchain4j.model.chat.response.PartialResponse("O"), Streams.with(new Handle()));
            host.handles.get(0).cancel();
            assertSpent(0, EXPECTED);
            assertThat(cost()).isEqualTo(ESTIMATE);
        }
    }

    @Test
    void aStreamThatIsRefusedIsGivenBack() throws Exception {
        try (ModelRouter router = streaming(new Stream(out -> out.onError(new RateLimitException("429"))))) {
            stream(router).untilTheEnd();
            assertSpent(0, 0);
        }
    }

    @Test
    void aStreamThatTimesOutCountsAsReserved() throws Exception {
        Stream silent = Stream.silent();
        try (ModelRouter router = streaming(silent)) {
            Host host = stream(router);
            silent.out();
            clock.pass(Duration.ofMinutes(3));
            assertThat(host.untilTheEnd().heard).containsExactly("error:TimeoutException");
            assertSpent(0, EXPECTED);
        }
    }

    /** Whoever estimates its tokens gives the first model the time to answer. */
    private static final class Interrupting extends UserMessage {

        private final transient Runnable meanwhile;

        Interrupting(Runnable meanwhile) {
            super("Oi");
            this.meanwhile = meanwhile;
        }

        @Override
        public List<Content> contents() {
            meanwhile.run();
            return super.contents();
        }
    }

    @Test
    void aStreamThatIsLeftWhileItAsksTheBudgetKeepsNoReservation() throws Exception {
        Stream first = Stream.silent();
        Host host = new Host();
        AtomicBoolean hedging = new AtomicBoolean();
        UserMessage message = new Interrupting(() -> {
            if (hedging.compareAndSet(true, false)) {
                Thread piece = new Thread(() -> first.out().onPartialResponse("O"));
                piece.start();
                await().until(() -> piece.getState() == Thread.State.WAITING || !piece.isAlive());
            }
        });
        try (ModelRouter router = with(dollar)
                .model(FREE, answers("unused"), first)
                .model(PRICED, answers("unused"), Stream.silent())
                .hedging(HedgeSettings.after(LIMIT))
                .build()) {
            router.streamingChatModel()
                    .chat(ChatRequest.builder().messages(message).build(), host);
            first.out();
            hedging.set(true);
            clock.pass(LIMIT);
            assertThat(host.piece.await(10, SECONDS)).isTrue();
            first.out().onCompleteResponse(answer("O"));

            host.untilTheEnd();
            Attempt left = records.only().attempts().get(1);
            assertThat(left.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(left.cost()).isIn(Cost.zero(), ESTIMATE); // whether it was asked is a matter of luck
            await().untilAsserted(() -> assertSpent(0, left.cost().equals(ESTIMATE) ? EXPECTED : 0));
            await().until(() -> router.callsRunning(PRICED.id()) == 0);
        }
    }

    @Test
    void whatReservedNothingIsNoEstimate() {
        AttemptRun run = new AttemptRun(
                Fakes.routed(PRICED, answers("unused")), new CallMachine.State(0, 0, 1, false, 0, false), 0);
        run.reservation = dollar.tryReserve(CallContext.empty(), 0, clock.millis());

        assertThat(run.settle(Cost.unknown(), false)).isEqualTo(Cost.unknown());
    }

    @Test
    void whatTheBudgetEndsGoesByThePolicyThatDecidedNotByOneSwappedInMeanwhile() {
        Budgets little = Budgets.builder().all(DAY, "0.0015").build();
        ModelRouter[] built = new ModelRouter[1];
        Model failing = new Model(request -> {
            built[0].swapPolicy(RoutingPolicy.inOrder(PRICED.id().toString()));
            little.tryReserve(CallContext.empty(), 1_000_000_000L, clock.millis());
            throw new InternalServerException("boom");
        });
        Candidate cheap = Candidate.builder("a/cheap")
                .price(TokenPrice.usdPerMillionTokens("0.01", "0.01"))
                .build();
        Model free = answers("free");
        RoutingPolicy strict = RoutingPolicy.builder("strict")
                .otherwise(Target.models(
                        "a/cheap", PRICED.id().toString(), FREE.id().toString()))
                .refuseWhenBudgetSpent()
                .build();
        try (ModelRouter router = with(little)
                .model(cheap, failing)
                .model(PRICED, answers("never"))
                .model(FREE, free)
                .policy(strict)
                .build()) {
            built[0] = router;
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isNotNull();
            assertThat(free.calls()).isZero();
            assertThat(records.only().outcome()).isEqualTo(Outcome.BUDGET_SPENT);
        }
    }
}
