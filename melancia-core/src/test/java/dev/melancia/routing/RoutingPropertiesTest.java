package dev.melancia.routing;

import static dev.melancia.routing.Asks.flags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.cost.TokenPrice;
import dev.melancia.provider.ModelId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutingPropertiesTest {

    private static final int ROUNDS = 3_000;

    /** What random policies name, at prices and with windows that matter. */
    private static final List<Candidate> CANDIDATES = List.of(
            Asks.LOCAL.toBuilder().price(TokenPrice.free()).contextWindow(40).build(),
            Asks.PAID.toBuilder()
                    .price(TokenPrice.usdPerMillionTokens("0.15", "0.60"))
                    .contextWindow(60)
                    .build(),
            Candidate.builder("openai/unpriced").tier("big").build());

    @Test
    void aRecordedDecisionReplaysAndEveryCandidateIsAcceptedOrRejected() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RandomPolicies policies = new RandomPolicies(random);
        for (int round = 0; round < ROUNDS; round++) {
            RoutingPolicy policy = policies.next();
            ChatRequest request = Asks.say(Asks.words(1 + random.nextInt(60)));
            CallContext context = RandomCalls.context(random);
            HealthSnapshot health = RandomCalls.health(random);

            RoutingDecision decision =
                    policy.bind(CANDIDATES, flags()).decide(request, context, health, random.nextLong());
            RoutingDecision again =
                    policy.bind(CANDIDATES, flags()).decide(request, context, decision.health(), decision.draw());

            String as = "seed " + seed + " round " + round + "\n" + decision.explanation();
            assertThat(again.explanation() + again.flags()).as(as).isEqualTo(decision.explanation() + decision.flags());
            assertThat(decision.candidates()).as(as).doesNotHaveDuplicates();
            assertThat(models(decision)).as(as).containsAll(planned(decision));
            assertThat(decision.assigned()).as(as).contains(planned(decision).get(0));
            assertThat(decision.reason().endsWith("; no candidate is left"))
                    .as(as)
                    .isEqualTo(decision.candidates().isEmpty());
            assertRefusals(decision, policy, as);
        }
    }

    /** Whoever answers may answer: the money allows it, the caller allows it, the model can. */
    private static void assertRefusals(RoutingDecision decision, RoutingPolicy policy, String as) {
        boolean spent = decision.health().budgetSpent().isPresent();
        assertThat(decision.candidates())
                .as(as)
                .allMatch(candidate -> decision.health().reason(candidate.id()).isEmpty())
                .allMatch(candidate -> !spent
                        || (!policy.refusesWhenBudgetSpent()
                                && candidate.price().map(TokenPrice::isFree).orElse(false)));
    }

    private static List<ModelId> planned(RoutingDecision decision) {
        return decision.planned().stream().map(Candidate::id).toList();
    }

    private static Set<ModelId> models(RoutingDecision decision) {
        return Stream.concat(
                        decision.candidates().stream().map(Candidate::id),
                        decision.rejections().stream().map(Rejection::model))
                .collect(Collectors.toSet());
    }
}
