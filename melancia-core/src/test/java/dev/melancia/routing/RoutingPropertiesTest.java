package dev.melancia.routing;

import static dev.melancia.routing.Asks.BOTH;
import static dev.melancia.routing.Asks.TO_LOCAL;
import static dev.melancia.routing.Asks.TO_PAID;
import static dev.melancia.routing.Asks.flags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoutingPropertiesTest {

    private static final int ROUNDS = 3_000;

    @Test
    void theSameInputsGiveTheSameDecisionAndEveryCandidateIsAcceptedOrRejectedOnce() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            RoutingPolicy policy = policy(random);
            ChatRequest request = Asks.say(Asks.words(1 + random.nextInt(30)));
            CallContext context = context(random);
            HealthSnapshot health = random.nextInt(4) == 0
                    ? HealthSnapshot.unavailable(
                            Map.of(BOTH.get(random.nextInt(2)).id(), "is resting"))
                    : HealthSnapshot.allAvailable();
            long draw = random.nextLong();

            RoutingDecision decision = policy.bind(BOTH, flags()).decide(request, context, health, draw);
            RoutingDecision again = policy.bind(BOTH, flags()).decide(request, context, health, draw);

            assertThat(again.toString() + again.candidates() + again.passedRules() + again.flags())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(decision.toString() + decision.candidates() + decision.passedRules() + decision.flags());
            assertThat(models(decision)).as("seed %d round %d", seed, round).doesNotHaveDuplicates();
            assertThat(decision.assigned()).isPresent().get().isIn(new HashSet<>(models(decision)));
        }
    }

    private static List<Object> models(RoutingDecision decision) {
        return java.util.stream.Stream.<Object>concat(
                        decision.candidates().stream().map(Candidate::id),
                        decision.rejections().stream().map(Rejection::model))
                .toList();
    }

    private static RoutingPolicy policy(Random random) {
        RoutingPolicy.Builder policy = RoutingPolicy.builder("random");
        for (int i = random.nextInt(4); i > 0; i--) {
            policy.rule("rule " + i, condition(random, 2), target(random));
        }
        return (random.nextBoolean() ? policy : policy.withoutFallback())
                .otherwise(target(random))
                .build();
    }

    private static Condition condition(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 4 : 7);
        return switch (kind) {
            case 0 -> Condition.fewerWordsThan(1 + random.nextInt(20));
            case 1 -> Condition.userTier("premium");
            case 2 -> Condition.tag("urgency", "low");
            case 3 -> Condition.flagOn(FeatureFlags.A_B_TEST_ACTIVE);
            case 4 -> Condition.not(condition(random, depth - 1));
            case 5 -> condition(random, depth - 1).and(condition(random, depth - 1));
            default -> condition(random, depth - 1).or(condition(random, depth - 1));
        };
    }

    private static Target target(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> TO_LOCAL;
            case 1 -> TO_PAID;
            case 2 -> Target.split("s" + random.nextInt(3), random.nextDouble(), TO_LOCAL, TO_PAID);
            default -> Target.splitByFlag("f", FeatureFlags.OLLAMA_PERCENTAGE, TO_LOCAL, TO_PAID);
        };
    }

    private static CallContext context(Random random) {
        CallContext.Builder context = CallContext.builder();
        List.of("free", "premium").stream()
                .filter(tier -> random.nextInt(3) == 0)
                .forEach(context::tier);
        if (random.nextBoolean()) {
            context.userId("user-" + random.nextInt(100));
        }
        if (random.nextBoolean()) {
            context.tag("urgency", "low");
        }
        return context.build();
    }
}
