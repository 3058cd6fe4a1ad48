package dev.melancia.routing;

import static dev.melancia.routing.Asks.NOBODY;
import static dev.melancia.routing.Asks.flags;
import static dev.melancia.routing.Asks.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.cost.TokenPrice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategiesTest {

    private static final Candidate A = Candidate.builder("x/a").tier("paid").build();
    private static final Candidate B = Candidate.builder("x/b").tier("local").build();
    private static final Candidate C = Candidate.builder("x/c").tier("local").build();
    private static final Candidate D = Candidate.builder("x/d").tier("spare").build();
    private static final Target LOCAL_AND_PAID = Target.priority(Target.tier("local"), Target.tier("paid"));

    private static RoutingTable table(Target target, Candidate... candidates) {
        return RoutingPolicy.builder("p").otherwise(target).build().bind(List.of(candidates), flags());
    }

    private static RoutingTable table(Target target) {
        return table(target, A, B, C, D);
    }

    private static RoutingDecision decide(RoutingTable table, HealthSnapshot health) {
        return table.decide(say("Oi"), NOBODY, health, 0);
    }

    private static HealthSnapshot loads(ModelLoad a, ModelLoad b, ModelLoad c) {
        return HealthSnapshot.allAvailable()
                .withLoad(A.id(), a)
                .withLoad(B.id(), b)
                .withLoad(C.id(), c);
    }

    private static ModelLoad load(int millis, int running) {
        return new ModelLoad(millis * 1_000_000L, running, 10);
    }

    @Test
    void priorityIsTheOrderTheTargetsStandIn() {
        RoutingDecision decision = decide(table(LOCAL_AND_PAID), HealthSnapshot.allAvailable());

        assertThat(decision.candidates()).containsExactly(B, C, A, D);
        assertThat(decision.reason()).isEqualTo("no rule took it -> priority of local, paid");
    }

    @Test
    void fastestIsTheSmallestLatencyTimesCallsThere() {
        RoutingTable table = table(Target.fastest(Target.tier("local"), Target.tier("paid")));

        RoutingDecision decision = decide(table, loads(load(120, 3), load(500, 0), load(100, 4)));

        assertThat(decision.candidates()).containsExactly(A, B, C, D);
        assertThat(decision.reason()).isEqualTo("no rule took it -> fastest of local, paid: 120 ms x 3 running");
        assertThat(decision.assigned()).contains(A.id());
        assertThat(decision.explanation()).isEqualTo("""
                        policy p version 1
                        no rule took it -> fastest of local, paid: 120 ms x 3 running
                          1. x/a (paid): 120 ms x 3 running
                          2. x/b (local): 500 ms x 0 running
                          3. x/c (local): 100 ms x 4 running
                          4. x/d (spare)""");
    }

    @Test
    void aModelNeverMeasuredIsFastest() {
        RoutingTable table = table(Target.fastest(Target.tier("local"), Target.tier("paid")));
        ModelLoad unknown = new ModelLoad(ModelLoad.NOT_MEASURED, 2, 10);

        assertThat(decide(table, loads(unknown, load(1, 0), load(2, 0))).candidates())
                .containsExactly(A, B, C, D);
        assertThat(decide(table, HealthSnapshot.allAvailable().withLoad(B.id(), load(1, 0))))
                .hasToString("no rule took it -> fastest of local, paid: not measured yet")
                .satisfies(decision -> assertThat(decision.candidates()).containsExactly(C, A, B, D));
    }

    @Test
    void leastBusyIsTheSmallestPartOfThePermits() {
        RoutingTable table = table(Target.leastBusy(Target.tier("local"), Target.tier("paid")));
        HealthSnapshot health = loads(new ModelLoad(9, 3, 30), new ModelLoad(1, 1, 2), new ModelLoad(1, 2, 10));

        RoutingDecision decision = decide(table, health);

        assertThat(decision.candidates()).containsExactly(A, C, B, D);
        assertThat(decision.reason()).endsWith("-> least busy of local, paid: 3 of 30 running");
        assertThat(decide(table, HealthSnapshot.allAvailable()).reason()).endsWith(": load not known");
        assertThat(decide(table, loads(load(1, Integer.MAX_VALUE), load(1, 1), load(1, 0)))
                        .candidates())
                .containsExactly(C, B, A, D);
    }

    @Test
    void cheapestIsThePriceOfThisRequestAndAnUnknownPriceIsLast() {
        // The same sum of both prices: which is cheaper depends on how long prompt and answer are.
        Candidate dearAnswers = A.withPrice(TokenPrice.usdPerMillionTokens("1", "3"));
        Candidate dearPrompts = B.withPrice(TokenPrice.usdPerMillionTokens("3", "1"));
        RoutingTable table = table(
                Target.cheapest(Target.models("x/c", "x/a"), Target.tier("local")), dearAnswers, dearPrompts, C, D);
        ChatRequest longPrompt = say("x".repeat(8_000));

        RoutingDecision shortOne = decide(table, HealthSnapshot.allAvailable());

        assertThat(shortOne.candidates()).containsExactly(dearPrompts, dearAnswers, C, D);
        assertThat(shortOne.reason())
                .isEqualTo("no rule took it -> cheapest of x/c, x/a, local: about 0.001015 USD for 5 + 1000 tokens");
        assertThat(shortOne.explanation()).contains("3. x/c (local): no price is known");
        assertThat(table.decide(longPrompt, NOBODY, HealthSnapshot.allAvailable(), 0)
                        .candidates())
                .containsExactly(dearAnswers, dearPrompts, C, D);
    }

    @Test
    void aFreeModelIsCheapestAndTheLargestRequestHasAPrice() {
        Candidate free = C.withPrice(TokenPrice.free());
        Candidate dear = A.withPrice(TokenPrice.usdPerMillionTokens("100000", "100000"));
        RoutingTable table = table(Target.cheapest(Target.models("x/a", "x/c")), dear, free);
        ChatRequest huge = ChatRequest.builder()
                .messages(say("Oi").messages())
                .maxOutputTokens(Integer.MAX_VALUE)
                .build();

        RoutingDecision decision = table.decide(huge, NOBODY, HealthSnapshot.allAvailable(), 0);

        assertThat(decision.candidates()).containsExactly(free, dear);
        assertThat(decision.reason()).endsWith(": free");
    }

    @Test
    void thoseAlikeKeepTheirOrder() {
        HealthSnapshot alike = loads(load(5, 1), load(5, 1), load(5, 1));
        Target group = Target.models("x/c", "x/a", "x/b");

        assertThat(List.of(Target.fastest(group), Target.leastBusy(group), Target.cheapest(group)))
                .allSatisfy(target ->
                        assertThat(decide(table(target), alike).candidates()).containsExactly(C, A, B, D));
    }

    @Test
    void theBestThatCannotTakeTheCallIsStillTheOneThatWasMeant() {
        RoutingTable table = table(Target.fastest(Target.tier("local"), Target.tier("paid")));
        HealthSnapshot health =
                loads(load(1, 0), load(2, 0), load(3, 0)).and(Map.of(A.id(), "has no permit free"), Map.of());

        RoutingDecision decision = decide(table, health);

        assertThat(decision.assigned()).contains(A.id());
        assertThat(decision.candidates()).containsExactly(B, C, D);
    }

    @Test
    void onlyTablesThatCompareLoadsReadThem() {
        Target local = Target.tier("local");
        Condition premium = Condition.userTier("premium");

        assertThat(table(LOCAL_AND_PAID).readsLoad()).isFalse();
        assertThat(table(Target.cheapest(local)).readsLoad()).isFalse();
        assertThat(table(Target.fastest(local)).readsLoad()).isTrue();
        assertThat(table(Target.leastBusy(local)).forStreaming().readsLoad()).isTrue();
        assertThat(table(Target.split("s", 0.5, local, Target.fastest(local))).readsLoad())
                .isTrue();
        assertThat(RoutingPolicy.builder("p")
                        .rule("r", premium, Target.leastBusy(local))
                        .otherwise(local)
                        .build()
                        .bind(List.of(B), flags())
                        .readsLoad())
                .isTrue();
    }

    @Test
    void aStrategyIsOverModelsAndTiers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.fastest(Target.cheapest(Target.tier("a"))))
                .withMessage("fastest must be over models and tiers, was over cheapest of a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.leastBusy(Target.split("s", 1, Target.tier("a"), Target.tier("b"))))
                .withMessageStartingWith("leastBusy must be over models and tiers, was over split s");
    }

    @Test
    void aLoadThatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelLoad(-2, 0, 1))
                .withMessage("latencyNanos must be at least 0, or -1 when not measured, was -2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelLoad(0, -1, 1))
                .withMessage("running must be at least 0, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ModelLoad(0, 0, 0))
                .withMessage("permits must be at least 1, was 0");
    }

    @Test
    void theLastLoadOfAModelCounts() {
        HealthSnapshot health =
                HealthSnapshot.allAvailable().withLoad(A.id(), load(1, 0)).withLoad(A.id(), load(2, 0));

        assertThat(health.load(A.id())).contains(load(2, 0));
        assertThat(health.load(B.id())).isEmpty();
        assertThat(health.toString()).contains("latencyNanos=2000000").doesNotContain("latencyNanos=1000000");
    }
}
