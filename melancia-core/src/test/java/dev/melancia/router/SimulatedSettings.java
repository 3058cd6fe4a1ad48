package dev.melancia.router;

import dev.melancia.budget.BudgetPeriod;
import dev.melancia.budget.Budgets;
import dev.melancia.call.CallContext;
import dev.melancia.cost.TokenPrice;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RateLimit;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The settings that a seed draws: candidates, limits, budgets, policies, callers. */
final class SimulatedSettings {

    private static final String[] TENANTS = {"acme", "globex"};

    final List<Candidate> candidates;
    final Budgets budgets;
    final CallLimits limits;
    final RetrySettings retries;
    final HedgeSettings hedging;
    final BreakerSettings breaker;
    final int mostRetries;
    final int slowHostMillis;
    final int executorDelayMillis;
    final double refusedTasks;
    private final Chance chance;

    SimulatedSettings(SimulatedWorld world) {
        this.chance = world.chance;
        this.budgets = chance.of(.5) ? budgets() : null;
        this.limits = chance.of(.08) ? CallLimits.none() : limits();
        this.candidates = IntStream.rangeClosed(1, chance.between(1, 4))
                .mapToObj(this::candidate)
                .toList();
        int triesAgain = chance.oneOf(0, 1, 1, 3);
        double share = chance.oneOf(0., .2, 1.);
        this.mostRetries = share == 0 ? 0 : triesAgain;
        this.retries = RetrySettings.defaults()
                .maxRetries(triesAgain)
                .budget(share)
                .longestRetryAfter(millis(chance.oneOf(0, 500, 30_000)));
        this.hedging = chance.of(.5) ? hedging() : HedgeSettings.none();
        this.breaker = chance.of(.5) ? breaker() : chance.oneOf(BreakerSettings.none(), BreakerSettings.defaults());
        this.slowHostMillis = world.locksAreHeld ? chance.oneOf(0, 0, 300, 2_000) : 0;
        this.executorDelayMillis = chance.oneOf(0, 0, 50);
        this.refusedTasks = limits.isNone() ? 0 : chance.oneOf(0., 0., .05, .3);
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }

    private CallLimits limits() {
        return CallLimits.defaults()
                .withAttempt(millis(chance.oneOf(100, 500, 1_000, 3_000)))
                .withCall(millis(chance.oneOf(150, 500, 1_200, 5_000)))
                .withFirstToken(millis(chance.oneOf(100, 500, 2_000)))
                .withIdle(millis(chance.oneOf(50, 300, 1_000)));
    }

    private HedgeSettings hedging() {
        HedgeSettings settings = HedgeSettings.after(millis(chance.oneOf(1, 50, 100, 400)));
        return settings.share(chance.oneOf(.05, 1.));
    }

    private BreakerSettings breaker() {
        BreakerSettings settings = BreakerSettings.defaults()
                .failures(chance.oneOf(.2, .5, 1.), chance.between(1, 4), millis(chance.oneOf(500, 10_000)))
                .coolDown(millis(chance.oneOf(100, 400, 2_000)));
        return chance.of(.3) ? settings.slowCalls(millis(chance.oneOf(100, 700)), .5) : settings;
    }

    private Budgets budgets() {
        Budgets.Builder builder = Budgets.builder().all(BudgetPeriod.DAY, chance.oneOf("0.0011", "0.005", "1000"));
        if (chance.of(.5)) {
            builder.eachTenant(BudgetPeriod.DAY, chance.oneOf("0.0011", "0.003", "10"));
        }
        return builder.build();
    }

    private Candidate candidate(int number) {
        Candidate.Builder candidate = Candidate.builder("model/m" + number)
                .tier(chance.oneOf("local", "paid"))
                .maxConcurrentCalls(chance.between(1, 3))
                .maxQueuedCalls(chance.below(3));
        if (budgets != null || chance.of(.7)) {
            candidate.price(price());
        }
        if (chance.of(.4)) {
            candidate.contextWindow(chance.oneOf(50, 100, 200));
        }
        if (chance.of(.2)) {
            candidate.rateLimit(new RateLimit(chance.between(1, 5), millis(1_000), chance.between(1, 3)));
        }
        if (chance.of(.2)) {
            candidate.attemptLimit(millis(chance.oneOf(80, 700)));
        }
        return candidate.build();
    }

    private TokenPrice price() {
        TokenPrice paid = TokenPrice.usdPerMillionTokens("0.15", "0.60");
        return chance.oneOf(TokenPrice.free(), paid, paid, paid.withCachedInput("0.075"));
    }

    /** A policy that these candidates can be bound to. */
    RoutingPolicy policy(String id) {
        RoutingPolicy.Builder policy = RoutingPolicy.builder(id).otherwise(target());
        if (chance.of(.4)) {
            policy.rule("long", Condition.promptTokensAtLeast(30), target());
        }
        if (chance.of(.3)) {
            policy.rule("split", Condition.tenant(TENANTS[0]), Target.split("split", .5, target(), target()));
        }
        if (chance.of(.3)) {
            policy.withoutFallback();
        }
        if (chance.of(.3)) {
            policy.refuseWhenBudgetSpent();
        }
        return policy.build();
    }

    private Target target() {
        List<String> ids = new ArrayList<>(
                candidates.stream().map(candidate -> candidate.id().toString()).toList());
        String first = ids.remove(chance.below(ids.size()));
        Target models = Target.models(first, ids.toArray(String[]::new));
        return switch (chance.below(6)) {
            case 0 -> Target.models(first);
            case 1 -> Target.tier(candidates.get(0).tier());
            case 2 -> Target.cheapest(models);
            case 3 -> Target.fastest(models);
            case 4 -> Target.leastBusy(models);
            default -> models;
        };
    }

    CallContext context(SimulatedCall call) {
        CallContext.Builder context = CallContext.builder().listener(call);
        if (chance.of(.6)) {
            call.tenant = Optional.of(chance.oneOf(TENANTS));
            context.tenant(call.tenant.get());
        }
        if (chance.of(.1)) {
            context.forcedModel(chance.oneOf(candidates).id());
        }
        return context.build();
    }

    void apply(ModelRouterBuilder builder) {
        builder.limits(limits)
                .retries(retries)
                .hedging(hedging)
                .breaker(breaker)
                .policy(policy("first"));
        if (budgets != null) {
            builder.budgets(budgets);
        }
        if (chance.of(.1)) {
            builder.tenantLimit(RateLimit.perSecond(2));
        }
    }

    @Override
    public String toString() {
        return "candidates " + candidates.stream().map(SimulatedSettings::text).toList() + "\n" + limits + "\n"
                + retries
                + "\n" + hedging + "\n" + breaker + "\n" + (budgets == null ? "no budgets" : "budgets")
                + ", slow hosts " + slowHostMillis + " ms, executor " + executorDelayMillis + " ms late, refuses "
                + refusedTasks;
    }

    private static String text(Candidate candidate) {
        return candidate + " " + candidate.maxConcurrentCalls() + "+" + candidate.maxQueuedCalls() + " window "
                + candidate.contextWindow() + " " + candidate.price() + " " + candidate.rateLimit() + " "
                + candidate.attemptLimit();
    }
}
