package dev.melancia.routing;

import dev.melancia.call.CallContext;
import dev.melancia.call.Urgency;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Callers and moments of every kind, over the two candidates of {@link Asks}. */
final class RandomCalls {

    private static final List<Urgency> URGENCIES = List.of(Urgency.values());

    private RandomCalls() {}

    static CallContext context(Random random) {
        CallContext.Builder context = CallContext.builder().urgency(URGENCIES.get(random.nextInt(URGENCIES.size())));
        if (random.nextBoolean()) {
            context.userId("user-" + random.nextInt(50));
        }
        if (random.nextBoolean()) {
            context.tier(random.nextBoolean() ? "premium" : "free").tenant("acme");
        }
        if (random.nextBoolean()) {
            context.conversationId("talk-" + random.nextInt(50)).tag("urgency", "low");
        }
        return random.nextInt(4) == 0 ? context.priceCeilingUsd("0.0003").build() : context.build();
    }

    static HealthSnapshot health(Random random) {
        HealthSnapshot health = HealthSnapshot.allAvailable();
        if (random.nextInt(4) == 0) {
            health = health.and(Map.of(any(random).id(), "is resting"), Map.of());
        }
        if (random.nextInt(4) == 0) {
            health = health.and(Map.of(), Map.of(any(random).id(), "fails lately"));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            long latency = random.nextInt(4) == 0 ? ModelLoad.NOT_MEASURED : random.nextInt(1_000_000_000);
            health =
                    health.withLoad(any(random).id(), new ModelLoad(latency, random.nextInt(5), 1 + random.nextInt(5)));
        }
        return random.nextInt(5) == 0 ? health.withBudgetSpent("5 of 5 USD spent") : health;
    }

    private static Candidate any(Random random) {
        return Asks.BOTH.get(random.nextInt(Asks.BOTH.size()));
    }
}
