package dev.melancia.routing;

import static dev.melancia.routing.Asks.NOBODY;
import static dev.melancia.routing.Asks.flags;
import static dev.melancia.routing.Asks.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.cost.TokenPrice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Price ceilings, spent budgets and context windows: what a decision makes of estimated tokens. */
class SpendingTest {

    private static final Candidate FREE =
            Candidate.builder("x/free").price(TokenPrice.free()).build();
    private static final Candidate CHEAP = Candidate.builder("x/cheap")
            .price(TokenPrice.usdPerMillionTokens("0.10", "0.50"))
            .build();
    private static final Candidate DEAR = Candidate.builder("x/dear")
            .price(TokenPrice.usdPerMillionTokens("2", "10"))
            .build();
    private static final Candidate UNPRICED = Candidate.of("x/unpriced");
    private static final HealthSnapshot SPENT =
            HealthSnapshot.allAvailable().withBudgetSpent("budget of today: 5.01 of 5 USD spent");

    private static final RoutingPolicy.Builder IN_ORDER =
            RoutingPolicy.builder("p").otherwise(Target.models("x/dear", "x/unpriced", "x/cheap", "x/free"));

    private static RoutingTable table(Candidate... candidates) {
        return RoutingPolicy.inOrder(candidates[0].id().toString()).bind(List.of(candidates), flags());
    }

    private static CallContext ceiling(String usd) {
        return CallContext.builder().priceCeilingUsd(usd).build();
    }

    private static ChatRequest answerOf(int tokens) {
        return ChatRequest.builder()
                .messages(say("Oi").messages())
                .maxOutputTokens(tokens)
                .build();
    }

    @Test
    void aModelAboveTheCeilingIsRefusedWithBothFigures() {
        RoutingDecision decision = Asks.decide(table(DEAR, UNPRICED, CHEAP, FREE), say("Oi"), ceiling("0.0006"));

        assertThat(decision.candidates()).containsExactly(CHEAP, FREE);
        assertThat(decision.rejections())
                .containsExactly(
                        new Rejection(
                                DEAR.id(),
                                "costs about 0.01001 USD for 5 + 1000 tokens, and the caller allows 0.0006 USD at most"),
                        new Rejection(UNPRICED.id(), "has no price, and the caller allows 0.0006 USD at most"));
    }

    @Test
    void aPriceOfExactlyTheCeilingPassesAndAFreeModelAlways() {
        assertThat(Asks.decide(table(CHEAP), say("Oi"), ceiling("0.0005005")).candidates())
                .containsExactly(CHEAP);
        assertThat(Asks.decide(table(CHEAP), say("Oi"), ceiling("0.0005004")).candidates())
                .isEmpty();
        assertThat(Asks.decide(table(CHEAP, FREE), say("Oi"), ceiling("0")).candidates())
                .containsExactly(FREE);
        assertThat(Asks.decide(table(DEAR), answerOf(10), ceiling("0.0002")).candidates())
                .containsExactly(DEAR);
    }

    @Test
    void aForcedModelAboveTheCeilingIsNotReplaced() {
        CallContext forced = CallContext.builder()
                .forcedModel(DEAR.id())
                .priceCeilingUsd("0.0001")
                .build();

        RoutingDecision decision = Asks.decide(table(DEAR, FREE), say("Oi"), forced);

        assertThat(decision.candidates()).isEmpty();
        assertThat(decision.reason()).isEqualTo("the caller forced x/dear; no candidate is left");
        assertThat(decision.isRefusedForBudget()).isFalse();
    }

    @Test
    void aSpentBudgetLeavesTheFreeModels() {
        RoutingDecision decision = IN_ORDER.build()
                .bind(List.of(DEAR, UNPRICED, CHEAP, FREE), flags())
                .decide(say("Oi"), NOBODY, SPENT, 0);

        assertThat(decision.candidates()).containsExactly(FREE);
        assertThat(decision.rejections())
                .extracting(Rejection::model)
                .containsExactly(DEAR.id(), UNPRICED.id(), CHEAP.id());
        assertThat(decision.rejections())
                .extracting(Rejection::reason)
                .containsOnly("budget of today: 5.01 of 5 USD spent");
        assertThat(decision.isRefusedForBudget()).isFalse();
    }

    @Test
    void withoutAFreeModelASpentBudgetRefusesTheCallAndTheDecisionSaysSo() {
        RoutingDecision decision = table(CHEAP, DEAR).decide(say("Oi"), NOBODY, SPENT, 0);

        assertThat(decision.candidates()).isEmpty();
        assertThat(decision.isRefusedForBudget()).isTrue();
        assertThat(decision)
                .hasToString("no rule took it -> x/cheap; no candidate is left; rejected"
                        + " [x/cheap: budget of today: 5.01 of 5 USD spent,"
                        + " x/dear: budget of today: 5.01 of 5 USD spent]");
    }

    @Test
    void aSpentBudgetIsNotBlamedForModelsThatCouldNotAnswerAnyway() {
        HealthSnapshot full = SPENT.and(Map.of(CHEAP.id(), SPENT.budgetSpent().orElseThrow()), Map.of());

        RoutingDecision nobody = table(CHEAP).decide(say("Oi"), NOBODY, full, 0);
        RoutingDecision another = table(CHEAP, DEAR).decide(say("Oi"), NOBODY, full, 0);

        assertThat(nobody.candidates()).isEmpty();
        assertThat(nobody.isRefusedForBudget()).isFalse();
        assertThat(another.isRefusedForBudget()).isTrue();
    }

    @Test
    void aPolicyMayRefuseEverybodyWhenTheBudgetIsSpent() {
        RoutingPolicy strict = RoutingPolicy.builder("strict")
                .otherwise(Target.models("x/free"))
                .refuseWhenBudgetSpent()
                .build();
        RoutingTable table = strict.bind(List.of(FREE, CHEAP), flags());

        assertThat(table.decide(say("Oi"), NOBODY, SPENT, 0).isRefusedForBudget())
                .isTrue();
        assertThat(Asks.decide(table, say("Oi"), NOBODY).candidates()).containsExactly(FREE, CHEAP);
        assertThat(strict.toString()).endsWith("\n  refuses calls when their budget is spent");
    }

    @Test
    void aModelTooSmallForThePromptIsTriedLastWithBothFigures() {
        Candidate small = FREE.toBuilder().contextWindow(100).build();
        ChatRequest prompt = say("x".repeat(600));

        RoutingDecision decision = Asks.decide(table(small, CHEAP), prompt, NOBODY);

        assertThat(decision.candidates()).containsExactly(CHEAP, small);
        assertThat(decision.assigned()).contains(small.id());
        assertThat(decision.rejections())
                .containsExactly(new Rejection(small.id(), "holds 100 tokens, the prompt takes about 154: tried last"));
        assertThat(Asks.decide(table(small), prompt, NOBODY).candidates()).containsExactly(small);
    }

    @Test
    void theAnswerThatIsAskedForNeedsRoomToo() {
        Candidate small = FREE.toBuilder().contextWindow(100).build();

        assertThat(Asks.decide(table(small, CHEAP), answerOf(95), NOBODY).candidates())
                .containsExactly(small, CHEAP);
        RoutingDecision decision = Asks.decide(table(small, CHEAP), answerOf(96), NOBODY);
        assertThat(decision.candidates()).containsExactly(CHEAP, small);
        assertThat(decision.rejections())
                .extracting(Rejection::reason)
                .containsExactly("holds 100 tokens, the prompt takes about 5 and the answer up to 96: tried last");
    }

    @Test
    void aModelToAvoidIsTriedOnlyWhenNobodyElseIsLeft() {
        Candidate small = FREE.toBuilder().contextWindow(2).build();
        HealthSnapshot avoided = HealthSnapshot.avoiding(Map.of(CHEAP.id(), "fails lately"));

        assertThat(table(CHEAP, FREE).decide(say("Oi"), NOBODY, avoided, 0).candidates())
                .containsExactly(FREE);
        assertThat(table(CHEAP).decide(say("Oi"), NOBODY, avoided, 0).candidates())
                .containsExactly(CHEAP);
        assertThat(table(small, CHEAP).decide(say("Oi"), NOBODY, avoided, 0).candidates())
                .as("a model too small for the prompt hides none that could hold it")
                .containsExactly(CHEAP, small);
    }

    @Test
    void aModelToAvoidThatIsTooSmallIsTriedOnlyWhenNobodyIsWell() {
        Candidate small = FREE.toBuilder().contextWindow(2).build();
        HealthSnapshot bothAvoided =
                HealthSnapshot.avoiding(Map.of(small.id(), "fails lately", CHEAP.id(), "fails too"));
        HealthSnapshot oneAvoided = HealthSnapshot.avoiding(Map.of(small.id(), "fails lately"));

        assertThat(table(small, CHEAP).decide(say("Oi"), NOBODY, bothAvoided, 0).candidates())
                .containsExactly(CHEAP, small);
        assertThat(table(small, CHEAP).decide(say("Oi"), NOBODY, oneAvoided, 0).candidates())
                .containsExactly(CHEAP);
    }
}
