package dev.melancia.routing;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.flags.FlagContext;
import dev.melancia.flags.FlagEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What conditions look at, each thing found once and only when asked. Confined to one decision. */
final class RoutingScope {

    static final int NOT_COUNTED = -1;

    final CallContext context;
    final @Nullable String userId;
    final @Nullable String tier;
    final ChatRequest request;
    final HealthSnapshot health;
    final long draw;
    final RoutingTable table;
    private int words = NOT_COUNTED;
    private @Nullable List<FlagSeen> seen;
    private @Nullable CallDetails details;
    private @Nullable FlagContext caller;

    RoutingScope(RoutingTable table, ChatRequest request, CallContext context, HealthSnapshot health, long draw) {
        this.request = request;
        this.context = context;
        this.userId = context.userId().orElse(null);
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
        see(flag, evaluation);
        return evaluation.value();
    }

    /** Value of a number flag for this caller, brought into [0, 1]. */
    double share(FeatureFlags flags, String flag) {
        FlagEvaluation<Double> evaluation = flags.evaluateDouble(flag, 0, caller());
        see(flag, evaluation);
        return Math.min(1, Math.max(0, evaluation.value()));
    }

    List<FlagSeen> flagsSeen() {
        return seen == null ? List.of() : List.copyOf(seen);
    }

    int wordsIfCounted() {
        return words;
    }

    int charactersIfCounted() {
        return details == null ? NOT_COUNTED : details.charactersIfCounted();
    }

    @Nullable
    Tokens tokensIfCounted() {
        return details == null ? null : details.tokensIfCounted();
    }

    /** The caller as flags see it: tags first, so that none passes for a tier or a tenant. */
    private FlagContext caller() {
        FlagContext found = caller;
        if (found == null) {
            found = userId == null ? FlagContext.empty() : FlagContext.of(userId);
            for (Map.Entry<String, String> tag : context.tags().entrySet()) {
                found = found.with(tag.getKey(), tag.getValue());
            }
            found = with(found, "tier", tier);
            found = with(found, "tenant", context.tenant().orElse(null)).withDraw(draw);
            caller = found;
        }
        return found;
    }

    private static FlagContext with(FlagContext flags, String name, @Nullable String value) {
        return value == null ? flags : flags.with(name, value);
    }

    private void see(String flag, FlagEvaluation<?> evaluation) {
        if (seen == null) {
            seen = new ArrayList<>(2);
        }
        seen.add(new FlagSeen(
                flag, String.valueOf(evaluation.value()), evaluation.reason().toString()));
    }
}
