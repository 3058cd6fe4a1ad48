package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.melancia.flags.FeatureFlags;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.RoutingTable;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy that decides now, bound to the candidates at today's prices; bound anew when one of those changes. Thread-safe:
 * a policy is swapped as a whole.
 */
final class PolicyInForce {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyInForce.class);
    private static final long TRY_AGAIN_MILLIS = 60_000;

    private final List<RoutedModel> models;
    private final FeatureFlags flags;
    private final InstantSource clock;
    private final AtomicReference<Tables> tables;
    private final AtomicBoolean saidWhy = new AtomicBoolean();

    PolicyInForce(List<RoutedModel> models, FeatureFlags flags, RoutingPolicy policy, InstantSource clock) {
        this.models = models;
        this.flags = flags;
        this.clock = clock;
        this.tables = new AtomicReference<>(bind(policy, clock.millis()));
    }

    RoutingPolicy policy() {
        return now().blocking.policy();
    }

    void swap(RoutingPolicy policy) {
        tables.set(bind(policy, clock.millis()));
    }

    RoutingTable table(boolean streaming, long nowMillis) {
        Tables now = now();
        while (nowMillis >= now.untilMillis) {
            tables.compareAndSet(now, priced(now, nowMillis)); // unless a swap came first
            now = now();
        }
        return streaming ? now.streaming : now.blocking;
    }

    /** At the prices of that time; at those of before while the policy cannot be bound, which breaks no call. */
    private Tables priced(Tables before, long nowMillis) {
        try {
            return bind(before.blocking.policy(), nowMillis);
        } catch (RuntimeException e) { // a flag that it names may be gone from its file
            if (saidWhy.compareAndSet(false, true)) {
                LOG.atWarn()
                        .addKeyValue("error", e.getMessage())
                        .log("Prices changed, and the policy cannot be bound to the new ones; it goes on with the old");
            }
            return new Tables(before.blocking, before.streaming, nowMillis + TRY_AGAIN_MILLIS);
        }
    }

    private Tables now() {
        return requireNonNull(tables.get(), "tables");
    }

    private Tables bind(RoutingPolicy policy, long nowMillis) {
        List<Candidate> priced =
                models.stream().map(model -> model.pricedAt(nowMillis)).toList();
        long until = models.stream()
                .mapToLong(model -> model.nextPriceMillis(nowMillis))
                .min()
                .orElse(Long.MAX_VALUE);
        RoutingTable table = policy.bind(priced, flags);
        if (table.readsLoad()) {
            models.forEach(model -> model.load.average());
        }
        return new Tables(table, table.forStreaming(), until);
    }

    private record Tables(RoutingTable blocking, RoutingTable streaming, long untilMillis) {}
}
