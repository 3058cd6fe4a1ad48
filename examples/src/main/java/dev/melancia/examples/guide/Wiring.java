package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;

/** The wiring guide's router, the same whatever container holds it. */
final class Wiring {

    // region router
    static final ModelSettings PHI3 = ModelSettings.of(ModelId.of("ollama/phi3:mini"));
    static final ModelSettings GPT = ModelSettings.of(ModelId.of("openai/gpt-4o-mini"));

    static ModelRouter router(ChatModel local, ChatModel paid, ChatModelProviders providers) {
        return ModelRouter.builder()
                .model(candidate(PHI3, "local", providers), local, providers.streamingChatModel(PHI3))
                .model(candidate(GPT, "paid", providers), paid, providers.streamingChatModel(GPT))
                .policy(RoutingPolicy.builder("by-tier")
                        .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
                        .otherwise(Target.tier("local"))
                        .build())
                .build();
    }

    private static Candidate candidate(ModelSettings settings, String tier, ChatModelProviders providers) {
        return Candidate.builder(settings.model())
                .tier(tier)
                .capabilities(providers.capabilities(settings)) // what it cannot do, it is not asked
                .interruptSafe() // as the models of our providers are: they run on the caller's own thread
                .build();
    }
    // endregion

    private Wiring() {}
}
