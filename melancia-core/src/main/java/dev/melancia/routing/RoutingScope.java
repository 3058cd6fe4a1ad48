package dev.melancia.routing;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.flags.FlagContext;
import dev.melancia.flags.FlagEvaluation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What conditions look at, each thing found once and only when asked; to flags it gives the caller's attributes. Confined to
 * one decision.
 */
final class RoutingScope implements Supplier<Map<String, String>> {

    static final int NOT_COUNTED = -1;

    final CallContext context;
    final @Nullable String tier;
    final ChatRequest request;
    final HealthSnapshot health;
    final long draw;
    final RoutingTable table;
    private int words = NOT_COUNTED;
    private FlagEvaluation<?> @Nullable [] seen;
    private int flagsAsked;
    private @Nullable CallDetails details;
    private @Nullable Tokens tokens;
    private @Nullable FlagContext caller;

    RoutingScope(RoutingTable table, ChatRequest request, CallContext context, HealthSnapshot health, long draw) {
        this.request = request;
        this.context = context;
        this.tier = context.tier().orElse(null);
        this.health = health;
        this.table = table;
        this.draw = draw;
    }

    /** Words of the question, counted no further than the largest number any condition asks about. */
    int words() {
        if (words == NOT_COUNTED) {
            words = Words.count(Question.of(request, context), table.wordLimit());
        }
        return words;
    }

    /** What few conditions look at. */
    CallDetails details() {
        CallDetails found = details;
        if (found == null) {
            found = new CallDetails(request, context, table.isStreaming());
            details = found;
        }
        return found;
    }

    /** Value of a boolean flag for this caller. */
    boolean flag(FeatureFlags flags, String flag) {
        FlagEvaluation<Boolean> evaluation = flags.evaluateBoolean(flag, false, caller());
        see(evaluation);
        return evaluation.value();
    }

    /** Value of a number flag for this caller, brought into [0, 1]. */
    double share(FeatureFlags flags, String flag) {
        FlagEvaluation<Double> evaluation = flags.evaluateDouble(flag, 0, caller());
        see(evaluation);
        return Math.min(1, Math.max(0, evaluation.value()));
    }

    /** Evaluations in the order they were asked, nulls behind them; null when no flag was asked. */
    FlagEvaluation<?> @Nullable [] flagsSeen() {
        return seen;
    }

    int wordsIfCounted() {
        return words;
    }

    int charactersIfCounted() {
        return details == null ? NOT_COUNTED : details.charactersIfCounted();
    }

    /** Estimated tokens of the request. */
    Tokens tokens() {
        Tokens found = tokens;
        if (found == null) {
            found = Tokens.of(request);
            tokens = found;
        }
        return found;
    }

    /** Estimated tokens of the prompt, and those of the answer as far as the request limits them. */
    long windowNeeded() {
        Integer answer = request.maxOutputTokens();
        return tokens().prompt() + (answer == null ? 0L : answer);
    }

    @Nullable
    Tokens tokensIfCounted() {
        return tokens;
    }

    private FlagContext caller() {
        FlagContext found = caller;
        if (found == null) {
            found = FlagContext.lazily(context.userId().orElse(null), draw, this);
            caller = found;
        }
        return found;
    }

    /** The caller as flags see it: tags first, so that none passes for a tier or a tenant. */
    @Override
    public Map<String, String> get() {
        Map<String, String> attributes = new HashMap<>(context.tags());
        context.tier().ifPresent(tier -> attributes.put("tier", tier));
        context.tenant().ifPresent(tenant -> attributes.put("tenant", tenant));
        return Map.copyOf(attributes);
    }

    private void see(FlagEvaluation<?> evaluation) {
        FlagEvaluation<?>[] room = seen;
        if (room == null) {
            room = new FlagEvaluation<?>[table.mostFlagsAsked()];
            seen = room;
        }
        room[flagsAsked++] = evaluation;
    }
}
