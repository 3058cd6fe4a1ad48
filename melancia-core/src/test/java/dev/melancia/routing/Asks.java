package dev.melancia.routing;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What routing tests ask with: two models, some requests, one decision. */
final class Asks {

    static final Candidate LOCAL =
            Candidate.builder("ollama/phi3:mini").tier("local").build();
    static final Candidate PAID =
            Candidate.builder("openai/gpt-4o-mini").tier("paid").build();
    static final List<Candidate> BOTH = List.of(LOCAL, PAID);
    static final Target TO_LOCAL = Target.tier("local");
    static final Target TO_PAID = Target.tier("paid");
    static final CallContext NOBODY = CallContext.empty();

    private Asks() {}

    static FeatureFlags flags() {
        return FeatureFlags.builder().environment(name -> null).build();
    }

    static ChatRequest say(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    static String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "w%d", i))
                .collect(Collectors.joining(" "));
    }

    static CallContext user(String id) {
        return CallContext.builder().userId(id).build();
    }

    static CallContext tier(String tier) {
        return CallContext.builder().tier(tier).build();
    }

    static RoutingTable table(RoutingPolicy.Builder policy) {
        return policy.build().bind(BOTH, flags());
    }

    static RoutingDecision decide(RoutingTable table, ChatRequest request, CallContext context) {
        return table.decide(request, context, HealthSnapshot.allAvailable(), 0);
    }
}
