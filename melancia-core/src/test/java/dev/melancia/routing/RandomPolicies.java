package dev.melancia.routing;

import dev.melancia.call.Urgency;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.flags.Split;
import dev.melancia.provider.ModelCapability;
import java.util.List;
import java.util.Random;

/** Policies of every kind of condition and target, over the two candidates of {@link Asks}. */
final class RandomPolicies {

    private static final List<String> TEXTS =
            List.of("premium", "acme", "São Paulo", "\"quoted\" \\ back", "line\nend", "İstanbul", "ID", "🍉", "");
    private static final List<Target> PLAIN = List.of(
            Asks.TO_LOCAL,
            Asks.TO_PAID,
            Target.models("openai/gpt-4o-mini"),
            Target.models("ollama/phi3:mini", "openai/gpt-4o-mini"));

    private final Random random;

    RandomPolicies(Random random) {
        this.random = random;
    }

    RoutingPolicy next() {
        RoutingPolicy.Builder policy =
                RoutingPolicy.builder("random " + random.nextInt(100)).version(pick(TEXTS));
        for (int i = random.nextInt(5); i > 0; i--) {
            policy.rule(i + pick(TEXTS), condition(3), target());
        }
        if (random.nextInt(3) == 0) {
            policy.refuseWhenBudgetSpent();
        }
        return (random.nextBoolean() ? policy : policy.withoutFallback())
                .otherwise(target())
                .build();
    }

    private Condition condition(int depth) {
        return switch (random.nextInt(depth == 0 ? 12 : 16)) {
            case 0 -> Condition.fewerWordsThan(1 + random.nextInt(20));
            case 1 -> Condition.fewerCharactersThan(1 + random.nextInt(60));
            case 2 -> Condition.containsAnyWord("w" + random.nextInt(20), "Ação", "nota fiscal");
            case 3 -> Condition.matches(random.nextBoolean() ? "w\\d+\"?$" : "(?iu)^ação");
            case 4 -> Condition.userTier(pick(TEXTS));
            case 5 -> Condition.tenant(pick(TEXTS));
            case 6 -> Condition.tag(pick(TEXTS), pick(TEXTS));
            case 7 -> Condition.promptVersion(pick(TEXTS));
            case 8 -> Condition.needs(pick(List.of(ModelCapability.values())));
            case 9 -> Condition.flagOn(FeatureFlags.A_B_TEST_ACTIVE);
            case 10 -> Condition.promptTokensAtLeast(1 + random.nextInt(60));
            case 11 -> Condition.urgency(pick(List.of(Urgency.values())));
            case 12 -> Condition.not(condition(depth - 1));
            case 13, 14 -> condition(depth - 1).and(condition(depth - 1));
            default -> condition(depth - 1).or(condition(depth - 1));
        };
    }

    private Target target() {
        return switch (random.nextInt(5)) {
            case 0 -> pick(PLAIN);
            case 1 -> ranked();
            case 2 ->
                Target.split("s" + random.nextInt(3), random.nextDouble(), arm(), arm())
                        .stickyOn(pick(List.of(StickyOn.values())));
            case 3 ->
                Target.split(
                        Split.ofWeights("w", random.nextInt(5), 1 + random.nextInt(9_999), random.nextInt(2)),
                        arm(),
                        arm(),
                        arm());
            default ->
                Target.splitByFlag("f", FeatureFlags.OLLAMA_PERCENTAGE, arm(), arm())
                        .stickyOn(pick(List.of(StickyOn.values())));
        };
    }

    private Target arm() {
        return random.nextInt(3) == 0 ? ranked() : pick(PLAIN);
    }

    private Target ranked() {
        return switch (random.nextInt(4)) {
            case 0 -> Target.priority(pick(PLAIN), pick(PLAIN));
            case 1 -> Target.cheapest(pick(PLAIN));
            case 2 -> Target.fastest(pick(PLAIN), pick(PLAIN), pick(PLAIN));
            default -> Target.leastBusy(pick(PLAIN), pick(PLAIN));
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
