package dev.melancia.call;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.HealthSnapshot;
import dev.melancia.routing.RoutingDecision;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Records of which everything is too long and too many. */
final class AbsurdRecords {

    private static final int MANY = 100;

    private AbsurdRecords() {}

    /** Every text of it is this one, many times over. */
    static CallRecord of(String text) {
        String longText = text.repeat(2_000 / text.length());
        CallContext.Builder context = CallContext.builder()
                .tenant(longText)
                .tier(longText)
                .conversationId(longText)
                .promptVersion(longText)
                .urgency(Urgency.LOW);
        for (int i = 0; i < MANY; i++) {
            context.tag(i + longText, longText);
        }
        return record(context.build(), longText);
    }

    private static CallRecord record(CallContext context, String text) {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            attempts.add(Attempt.builder(
                            model(text, i),
                            i == MANY - 2 ? Outcome.ANSWERED : Outcome.MALFORMED_RESPONSE,
                            Long.MAX_VALUE / 2 - i,
                            Long.MAX_VALUE - i)
                    .hedge(true)
                    .timeToFirstTokenNanos(Long.MAX_VALUE / 2)
                    .tokens(TokenCounts.of(Integer.MAX_VALUE, Integer.MAX_VALUE)
                            .withCachedInput(Integer.MAX_VALUE)
                            .withReasoning(Integer.MAX_VALUE))
                    .cost(new Cost(Cost.Kind.ESTIMATED, 9_999_999_999_999_999L))
                    .errorType(text)
                    .build());
        }
        return CallRecord.builder(CallId.of(1, 2, 3), Outcome.ANSWERED, context, UserKeys.ephemeral())
                .decision(decision(context, text))
                .attempts(attempts)
                .time(Long.MAX_VALUE, Long.MAX_VALUE)
                .streaming(true)
                .build();
    }

    private static RoutingDecision decision(CallContext context, String text) {
        List<Candidate> candidates = new ArrayList<>();
        FeatureFlags.Builder flags = FeatureFlags.builder().environment(variable -> null);
        Condition condition = Condition.fewerWordsThan(100);
        for (int i = 0; i < MANY; i++) {
            candidates.add(Candidate.builder(model(text, i)).tier("local").build());
            candidates.add(Candidate.builder(model(text, MANY + i))
                    .tier("local")
                    .capabilities(Set.of(ModelCapability.TOOLS))
                    .build());
            flags.declare(i + text, true);
            condition = condition.and(Condition.flagOn(i + text));
        }
        RoutingPolicy policy = RoutingPolicy.builder(text)
                .version(text)
                .rule(text, condition, Target.split(text, 1, Target.tier("local"), Target.tier("local")))
                .otherwise(Target.tier("local"))
                .build();
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Oi")).build();
        return policy.bind(candidates, flags.build())
                .forStreaming()
                .decide(request, context, HealthSnapshot.allAvailable(), Long.MIN_VALUE);
    }

    private static ModelId model(String text, int number) {
        return new ModelId("p" + "x".repeat(100), number + text);
    }
}
