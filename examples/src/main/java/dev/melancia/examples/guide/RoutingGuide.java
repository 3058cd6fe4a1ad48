package dev.melancia.examples.guide;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallLog;
import dev.melancia.call.Urgency;
import dev.melancia.call.UserKeys;
import dev.melancia.cost.TokenPrice;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.router.AllModelsFailedException;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.RequestLimits;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingDecision;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.StickyOn;
import dev.melancia.routing.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The routing guide's code. */
final class RoutingGuide {

    private RoutingGuide() {}

    static RoutingPolicy policy() {
        // region policy
        RoutingPolicy policy = RoutingPolicy.builder("assistant")
                .version("3")
                .rule("contracts", Condition.tag("area", "legal"), Target.models("openai/gpt-4o"))
                .rule(
                        "short and local allowed",
                        Condition.fewerWordsThan(15).and(Condition.flagOn(FeatureFlags.USE_OLLAMA)),
                        Target.tier("local"))
                .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
                .otherwise(Target.splitByFlag(
                        "assistant-local-share",
                        FeatureFlags.OLLAMA_PERCENTAGE,
                        Target.tier("local"),
                        Target.tier("paid")))
                .build();
        // endregion
        return policy;
    }

    static RoutingPolicy strategies() {
        // region strategies
        RoutingPolicy policy = RoutingPolicy.builder("assistant")
                .rule(
                        "batch",
                        Condition.urgency(Urgency.LOW),
                        Target.cheapest(Target.tier("local"), Target.tier("paid")))
                .rule("long", Condition.promptTokensAtLeast(8_000), Target.models("openai/gpt-4o"))
                .otherwise(Target.split("fast-trial", 0.1, Target.fastest(Target.tier("paid")), Target.tier("local"))
                        .stickyOn(StickyOn.TENANT))
                .refuseWhenBudgetSpent()
                .build();
        // endregion
        return policy;
    }

    static ModelRouter router(ChatModelProviders providers, FeatureFlags flags, CallLog log, byte[] secret) {
        // region router
        ModelRouter router = ModelRouter.builder()
                .model(
                        Candidate.builder("ollama/phi3:mini")
                                .tier("local")
                                .price(TokenPrice.free())
                                .maxConcurrentCalls(2)
                                .firstTokenLimit(Duration.ofSeconds(60))
                                .build(),
                        providers)
                .model(
                        Candidate.builder("openai/gpt-4o-mini")
                                .tier("paid")
                                .price(TokenPrice.usdPerMillionTokens("0.15", "0.60"))
                                .build(),
                        providers)
                .model(Candidate.builder("openai/gpt-4o").tier("best").build(), providers)
                .policy(policy())
                .flags(flags)
                .limits(CallLimits.defaults().withAttempt(Duration.ofSeconds(90)))
                .requestLimits(RequestLimits.none().minQuestionCharacters(3))
                .userKeys(UserKeys.withKey(secret))
                .listener(log)
                .build();
        // endregion
        return router;
    }

    static CallLog log(Path folder) {
        // region log
        CallLog log = CallLog.open(folder.resolve("calls.jsonl"));
        // endregion
        return log;
    }

    static List<String> explain(ModelRouter router, ChatRequest request, CallContext context) {
        List<String> lines = new ArrayList<>();
        // region explain
        RoutingDecision decision = router.explain(request, context);
        lines.add(decision.reason()); // rule 3 "premium": user tier is premium (was premium) -> paid
        lines.addAll(decision.passedRules()); // what was asked before, and what it saw
        decision.rejections().forEach(rejection -> lines.add(rejection.model() + " " + rejection.reason()));
        // endregion
        return lines;
    }

    /** An assistant as AiServices makes them. */
    interface Assistant {
        String chat(String question);
    }

    static Assistant assistant(ModelRouter router, Supplier<CallContext> currentUser) {
        // region assistant
        Assistant assistant = AiServices.create(Assistant.class, router.chatModel(currentUser));
        // endregion
        return assistant;
    }

    static ChatModel forced(ModelRouter router) {
        // region forced
        CallContext onlyThis = CallContext.builder()
                .forcedModel(ModelId.of("ollama/phi3:mini"))
                .build();
        ChatModel model = router.chatModel(onlyThis);
        // endregion
        return model;
    }

    static void stream(ModelRouter router, CallContext context, StreamingChatResponseHandler handler) {
        // region stream
        StreamingChatModel model = router.streamingChatModel(context);
        model.chat("O que é retail media?", handler);
        // endregion
    }

    static String failures(ChatModel model, String question) {
        // region failures
        try {
            return model.chat(question);
        } catch (AllModelsFailedException e) { // two attempts or more, each with model, outcome and duration
            return "Desculpe, tente de novo. (" + e.attempts().size() + ")";
        } catch (LangChain4jException e) { // the only attempt's own exception, or a refused request
            return "Desculpe.";
        }
        // endregion
    }
}
