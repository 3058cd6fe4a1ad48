package dev.melancia.benchmarks;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.budget.BudgetPeriod;
import dev.melancia.budget.Budgets;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CallContext;
import dev.melancia.cost.TokenPrice;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelId;
import dev.melancia.router.BreakerSettings;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RateLimit;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What every benchmark shares: a question of 12 words, three candidates, ten rules of which the last one applies, and a
 * router with everything on that costs something on each call.
 */
final class Fixture {

    /** 12 words, 64 characters. */
    static final String QUESTION = "Quanto custa anunciar um produto novo na busca da loja no Natal?";

    /** 1,024 characters more. */
    static final String LONG_QUESTION = QUESTION + " a marca".repeat(128);

    static final ChatRequest REQUEST = request(QUESTION);
    static final ChatRequest LONG_REQUEST = request(LONG_QUESTION);

    static final CallContext CONTEXT = CallContext.builder()
            .userId("7f0c2d5e-ana-lucia-9b1f-4b7c")
            .tenant("loja-sul")
            .tier("free")
            .tag("channel", "app")
            .build();

    /** Enough never to refuse a call, so that only the counting is measured. */
    private static final RateLimit WIDE = RateLimit.perSecond(1_000_000_000);

    private Fixture() {}

    static ChatRequest request(String question) {
        return ChatRequest.builder().messages(UserMessage.from(question)).build();
    }

    /** As a host has it from the network: a text that was never hashed. */
    static String fresh(byte[] latin1) {
        return new String(latin1, StandardCharsets.ISO_8859_1);
    }

    static List<Candidate> candidates() {
        return candidates(builder -> builder);
    }

    static List<Candidate> candidates(UnaryOperator<Candidate.Builder> more) {
        return List.of(
                candidate("local/small", "local", TokenPrice.free(), more),
                candidate("paid/mini", "paid", TokenPrice.usdPerMillionTokens("0.15", "0.60"), more),
                candidate("paid/large", "paid", TokenPrice.usdPerMillionTokens("2.50", "10.00"), more));
    }

    private static Candidate candidate(
            String id, String tier, TokenPrice price, UnaryOperator<Candidate.Builder> more) {
        return more.apply(Candidate.builder(id).tier(tier).price(price).rateLimit(WIDE))
                .build();
    }

    /** Ten rules: two flags, three tiers, two tags, a tenant, few words, many words; the last one applies, and splits. */
    static RoutingPolicy.Builder policy() {
        return RoutingPolicy.builder("ten-rules")
                .rule("no local model", Condition.not(Condition.flagOn(FeatureFlags.USE_OLLAMA)), Target.tier("paid"))
                .rule(
                        "no experiment",
                        Condition.not(Condition.flagOn(FeatureFlags.A_B_TEST_ACTIVE)),
                        Target.split("fixed-share", 0.8, Target.tier("local"), Target.tier("paid")))
                .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
                .rule("enterprise", Condition.userTier("enterprise"), Target.models("paid/large"))
                .rule("beta", Condition.tag("channel", "beta"), Target.models("paid/mini"))
                .rule("batch", Condition.tag("source", "batch"), Target.tier("local"))
                .rule("other shop", Condition.tenant("loja-norte"), Target.tier("paid"))
                .rule("short question", Condition.fewerWordsThan(10), Target.tier("local"))
                .rule("long question", Condition.not(Condition.fewerWordsThan(400)), Target.models("paid/large"))
                .rule(
                        "free",
                        Condition.userTier("free"),
                        Target.splitByFlag(
                                "local-share",
                                FeatureFlags.OLLAMA_PERCENTAGE,
                                Target.tier("local"),
                                Target.tier("paid")))
                .otherwise(Target.tier("local"));
    }

    /** On the caller's thread, without a cache. */
    static ModelRouter router(ChatModel first) {
        return router(first, candidates(), CallLimits.none());
    }

    static ModelRouter router(ChatModel first, List<Candidate> candidates, CallLimits limits) {
        return router(first, candidates, limits, null);
    }

    static ModelRouter router(ChatModel first, ResponseCache cache) {
        return router(first, candidates(), CallLimits.none(), cache);
    }

    /**
     * A router of three models, the first of which gets {@link #REQUEST}: policy, breaker, bulkheads, budgets, rate limits, records
     * and a listener are on.
     */
    private static ModelRouter router(
            ChatModel first, List<Candidate> candidates, CallLimits limits, @Nullable ResponseCache cache) {
        ChatModel instant = new InstantModel();
        var builder = ModelRouter.builder()
                .model(candidates.get(0), first)
                .model(candidates.get(1), instant)
                .model(candidates.get(2), instant)
                .policy(policy().build())
                .breaker(countsAndNeverOpens())
                .limits(limits)
                .budgets(budgets())
                .tenantLimit(WIDE)
                .listener(record -> {});
        return checked((cache == null ? builder : builder.cache(cache)).build());
    }

    /** Budgets that apply to every call and are never spent. */
    static Budgets budgets() {
        return Budgets.builder()
                .all(BudgetPeriod.DAY, "1000000")
                .eachTenant(BudgetPeriod.DAY, "1000000")
                .build();
    }

    /** The default window, so that a model that fails on purpose is asked again in each call. */
    private static BreakerSettings countsAndNeverOpens() {
        return BreakerSettings.defaults().failures(1, Integer.MAX_VALUE, Duration.ofSeconds(60));
    }

    /** The router, if it sends the benchmarks' question where they say it goes. */
    private static ModelRouter checked(ModelRouter router) {
        ModelId first = router.explain(REQUEST, CONTEXT).candidates().get(0).id();
        if (!first.equals(ModelId.of("local/small"))) {
            throw new IllegalStateException("the question must go to local/small, went to " + first);
        }
        return router;
    }
}
