package dev.melancia.examples.policies;

import dev.melancia.flags.FeatureFlags;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;

/**
 * The policies that the first users sketched in Python, with one difference: their random draws are sticky, so a user
 * stays on one side.
 *
 * @since 0.1.0
 */
public final class ReportPolicies {

    private static final int SHORT_WORDS = 15;
    private static final double LOCAL_SHARE = 0.9;
    private static final String PHI3 = "ollama/phi3:mini";
    private static final String LLAMA = "ollama/llama3.2:3b";
    private static final String GPT = "openai/gpt-4o-mini";

    private ReportPolicies() {}

    /** {@code escolher_modelo}: short questions to phi3, premium users to OpenAI, everybody else to llama. */
    public static RoutingPolicy chooseModel() {
        return RoutingPolicy.builder("escolher-modelo")
                .rule("short question", Condition.fewerWordsThan(SHORT_WORDS), Target.models(PHI3))
                .rule("premium", Condition.userTier("premium"), Target.models(GPT))
                .otherwise(Target.models(LLAMA))
                .build();
    }

    /** {@code ModelRouter.route_query}: premium users to OpenAI, nine of ten others to phi3, the tenth to OpenAI. */
    public static RoutingPolicy routeQuery() {
        return RoutingPolicy.builder("route-query")
                .rule("premium", Condition.userTier("premium"), Target.models(GPT))
                .otherwise(Target.split("route-query-ab", LOCAL_SHARE, Target.models(PHI3), Target.models(GPT)))
                .build();
    }

    /**
     * {@code FeatureFlags.should_use_ollama} as a rule: while the flag {@code use_ollama} is on, a share of the users as
     * large as the flag {@code ollama_percentage} says goes to the local model. Both change without a deploy.
     */
    public static RoutingPolicy byFlags() {
        return RoutingPolicy.builder("by-flags")
                .rule(
                        "local allowed",
                        Condition.flagOn(FeatureFlags.USE_OLLAMA),
                        Target.splitByFlag(
                                "ollama-share",
                                FeatureFlags.OLLAMA_PERCENTAGE,
                                Target.models(PHI3),
                                Target.models(GPT)))
                .otherwise(Target.models(GPT))
                .build();
    }
}
