package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;

/** The whole library in a dozen lines: for the README. */
final class Story {

    private Story() {}

    static ModelRouter router(ChatModelProviders providers) {
        // region router
        Candidate local = Candidate.builder("ollama/phi3:mini").tier("local").build();
        Candidate paid = Candidate.builder("openai/gpt-4o-mini").tier("paid").build();
        RoutingPolicy hybrid = RoutingPolicy.builder("hybrid")
                .rule("short question", Condition.fewerWordsThan(15), Target.tier("local"))
                .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
                .otherwise(Target.split("local-share", 0.8, Target.tier("local"), Target.tier("paid")))
                .build();
        ModelRouter router = ModelRouter.builder()
                .model(local, providers)
                .model(paid, providers)
                .policy(hybrid)
                .build();
        // endregion
        return router;
    }

    static String ask(ModelRouter router) {
        // region ask
        CallContext ana = CallContext.builder().userId("ana").tier("premium").build();
        ChatModel model = router.chatModel(ana); // a langchain4j ChatModel: AiServices and chains take it as it is
        String answer = model.chat("O que é retail media?");
        // endregion
        return answer;
    }
}
