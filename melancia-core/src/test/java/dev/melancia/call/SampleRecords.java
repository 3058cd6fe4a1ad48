package dev.melancia.call;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.cost.TokenPrice;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.HealthSnapshot;
import dev.melancia.routing.RoutingDecision;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Records built by hand: the same in every run. */
final class SampleRecords {

    static final String USER = "ana@example.com";
    static final String COMMENT = "Faltou o preço. Meu telefone é 555-0100.";
    static final String QUESTION = "Quanto custa um anúncio?";

    private static final UserKeys KEYS = UserKeys.withKey("a key of the golden file".getBytes(StandardCharsets.UTF_8));
    private static final TokenPrice PRICE = TokenPrice.usdPerMillionTokens("0.15", "0.60");
    private static final ModelId LOCAL = ModelId.of("ollama/phi3:mini");
    private static final ModelId SMALL = ModelId.of("openai/gpt-4.1-nano");
    private static final ModelId PAID = ModelId.of("openai/gpt-4o-mini");
    private static final long START_MICROS = 1_764_547_200_123_000L;

    private SampleRecords() {}

    /** A stream that the second model answered, with everything that a record can say. */
    static CallRecord full() {
        Attempt refused = Attempt.builder(LOCAL, Outcome.RATE_LIMITED, 1_000, 2_000_000)
                .errorType("RateLimitException")
                .cost(TokenPrice.free().costOf(0, 0))
                .build();
        Attempt answered = Attempt.builder(PAID, Outcome.ANSWERED, 2_001_000, 900_000_000)
                .timeToFirstTokenNanos(300_000_000)
                .tokens(TokenCounts.of(120, 45))
                .cost(PRICE.costOf(120, 45))
                .build();
        return builder(1, Outcome.ANSWERED, context())
                .decision(decision(context()))
                .attempts(List.of(refused, answered))
                .streaming(true)
                .build();
    }

    /** Records that say, between them, everything there is to say but for what was left out of lists. */
    static List<CallRecord> maximal() {
        return List.of(hedged(), drawn(), hit());
    }

    /** The hedge answered first, so the attempt that answered is not the last; the loser's cost is a guess. */
    static CallRecord hedged() {
        Attempt refused = Attempt.builder(LOCAL, Outcome.OVERLOADED, 1_000, 2_000_000)
                .errorType("HttpException")
                .cost(Cost.zero())
                .build();
        Attempt winner = Attempt.builder(PAID, Outcome.ANSWERED, 500_000_000, 400_000_000)
                .hedge(true)
                .timeToFirstTokenNanos(100_000_000)
                .tokens(TokenCounts.of(120, 45).withCachedInput(100).withReasoning(30))
                .cost(PRICE.costOf(120, 45))
                .build();
        Attempt loser = Attempt.builder(SMALL, Outcome.CANCELLED, 2_001_000, 898_000_000)
                .timeToFirstTokenNanos(20_000_000)
                .tokens(TokenCounts.of(118, 7))
                .cost(new Cost(Cost.Kind.ESTIMATED, 12_000_000))
                .build();
        CallContext context = context(Urgency.HIGH).userId(USER).build();
        return builder(5, Outcome.ANSWERED, context)
                .decision(decision(context))
                .attempts(List.of(refused, winner, loser))
                .streaming(true)
                .build();
    }

    /** Nobody is known, so chance decided; a part of the cost is unknown. */
    static CallRecord drawn() {
        Attempt broken = Attempt.builder(LOCAL, Outcome.SERVER_ERROR, 1_000, 2_000_000)
                .errorType("InternalServerException")
                .build();
        Attempt answered = Attempt.builder(PAID, Outcome.ANSWERED, 2_001_000, 900_000_000)
                .tokens(TokenCounts.of(120, 45))
                .cost(PRICE.costOf(120, 45))
                .build();
        CallContext context = context(Urgency.LOW).build();
        return builder(6, Outcome.ANSWERED, context)
                .decision(decision(context))
                .attempts(List.of(broken, answered))
                .build();
    }

    /** The answer was there. */
    static CallRecord hit() {
        CallContext context = context();
        return builder(7, Outcome.ANSWERED, context)
                .decision(decision(context))
                .cacheHit(PAID, PRICE.costOf(120, 45))
                .build();
    }

    static UserFeedback feedback(CallRecord record) {
        return UserFeedback.builder(record.id(), Instant.ofEpochSecond(1_764_547_260))
                .rating(4)
                .thumbsUp(true)
                .comment(COMMENT)
                .build();
    }

    /** A time-out of the only model: neither tokens nor cost are known, nor who called. */
    static CallRecord unknown() {
        Attempt attempt = Attempt.builder(PAID, Outcome.TIMEOUT, 500, 180_000_000_000L)
                .errorType("TimeoutException")
                .build();
        return builder(2, Outcome.TIMEOUT, CallContext.empty())
                .attempts(List.of(attempt))
                .build();
    }

    /** Refused before any model was called. */
    static CallRecord rejected() {
        return builder(3, Outcome.REJECTED, context()).build();
    }

    static CallRecord of(CallContext context) {
        return builder(4, Outcome.REJECTED, context).build();
    }

    static CallContext context() {
        return context(Urgency.NORMAL).userId(USER).build();
    }

    private static CallContext.Builder context(Urgency urgency) {
        return CallContext.builder()
                .urgency(urgency)
                .tenant("Açaí & Cia \"SP\" 🍉")
                .tier("free")
                .conversationId("c-17")
                .promptVersion("answer@3")
                .question(QUESTION)
                .tag("team", "ads")
                .tag("channel", "app")
                .tag("área", "mídia");
    }

    private static CallRecord.Builder builder(long random, Outcome outcome, CallContext context) {
        return CallRecord.builder(CallId.of(START_MICROS / 1_000, random, random), outcome, context, KEYS)
                .time(START_MICROS, 902_001_000);
    }

    private static RoutingDecision decision(CallContext context) {
        Set<ModelCapability> silent = EnumSet.complementOf(EnumSet.of(ModelCapability.STREAMING));
        List<Candidate> candidates = List.of(
                Candidate.builder(LOCAL).tier("local").price(TokenPrice.free()).build(),
                Candidate.builder("ollama/llama3.2:3b")
                        .tier("local")
                        .capabilities(silent)
                        .build(),
                Candidate.builder(PAID).tier("paid").price(PRICE).build());
        RoutingPolicy policy = RoutingPolicy.builder("hybrid")
                .version("3")
                .rule(
                        "local allowed",
                        Condition.flagOn(FeatureFlags.USE_OLLAMA),
                        Target.split("golden-split", 1, Target.tier("local"), Target.tier("paid")))
                .otherwise(Target.tier("paid"))
                .build();
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from(QUESTION)).build();
        FeatureFlags flags =
                FeatureFlags.builder().environment(variable -> null).build();
        return policy.bind(candidates, flags)
                .forStreaming()
                .decide(request, context, HealthSnapshot.allAvailable(), -42);
    }
}
