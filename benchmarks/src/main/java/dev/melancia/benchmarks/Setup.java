package dev.melancia.benchmarks;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.cost.TokenPrice;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import java.util.List;

/** What every benchmark shares: a question of 13 words, three candidates, the three rules of the hybrid policy. */
final class Setup {

    /** 13 words, 71 characters. */
    static final ChatRequest REQUEST = ChatRequest.builder()
            .messages(UserMessage.from("Quanto custa anunciar um produto novo na busca da loja durante o Natal?"))
            .build();

    static final CallContext CONTEXT = CallContext.builder()
            .userId("7f0c2d5e-ana-maria-9b1f-4b7c")
            .tier("free")
            .build();

    static final List<Candidate> CANDIDATES = List.of(
            Candidate.builder("local/small")
                    .tier("local")
                    .price(TokenPrice.free())
                    .build(),
            Candidate.builder("paid/mini")
                    .tier("paid")
                    .price(TokenPrice.usdPerMillionTokens("0.15", "0.60"))
                    .build(),
            Candidate.builder("paid/large")
                    .tier("paid")
                    .price(TokenPrice.usdPerMillionTokens("2.50", "10.00"))
                    .build());

    private Setup() {}

    /** Walks every rule, and splits at the end. */
    static RoutingPolicy policy() {
        return RoutingPolicy.builder("hybrid")
                .rule("short question", Condition.fewerWordsThan(10), Target.tier("local"))
                .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
                .otherwise(Target.split("hybrid-local-share", 0.8, Target.tier("local"), Target.tier("paid")))
                .build();
    }

    static ModelRouter router(CallLimits limits, ChatModel first) {
        ChatModel instant = new InstantModel();
        return ModelRouter.builder()
                .model(CANDIDATES.get(0), first)
                .model(CANDIDATES.get(1), instant)
                .model(CANDIDATES.get(2), instant)
                .policy(policy())
                .limits(limits)
                .listener(record -> {})
                .build();
    }
}
