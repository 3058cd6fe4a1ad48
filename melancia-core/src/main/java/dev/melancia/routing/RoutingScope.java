package dev.melancia.routing;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.flags.FlagContext;
import dev.melancia.flags.FlagEvaluation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What conditions look at, each thing found once and only when asked. Confined to one decision. */
final class RoutingScope {

    static final int NOT_COUNTED = -1;
    private static final int NOT_LOOKED_AT = -1;

    final CallContext context;
    final @Nullable String userId;
    final @Nullable String tier;
    private final ChatRequest request;
    private final int wordLimit;
    private final boolean streaming;
    private int words = NOT_COUNTED;
    private int characters = NOT_COUNTED;
    private int needed = NOT_LOOKED_AT;
    private @Nullable String question;
    private @Nullable FoldedText folded;
    private @Nullable List<FlagSeen> seen;

    RoutingScope(ChatRequest request, CallContext context, int wordLimit, boolean streaming) {
        this.request = request;
        this.context = context;
        this.userId = context.userId().orElse(null);
        this.tier = context.tier().orElse(null);
        this.wordLimit = wordLimit;
        this.streaming = streaming;
    }

    /** Words of the question, counted no further than the largest number any condition asks about. */
    int words() {
        if (words == NOT_COUNTED) {
            words = Words.count(question(), wordLimit);
        }
        return words;
    }

    /** Code points of the question. */
    int characters() {
        if (characters == NOT_COUNTED) {
            characters = question().codePointCount(0, question().length());
        }
        return characters;
    }

    /** The user's own words. */
    String question() {
        String found = question;
        if (found == null) {
            found = Question.of(request, context);
            question = found;
        }
        return found;
    }

    /** The question without case, accents and punctuation. */
    FoldedText folded() {
        FoldedText found = folded;
        if (found == null) {
            found = FoldedText.of(question());
            folded = found;
        }
        return found;
    }

    /** Capabilities that a model must have to answer, as bits. */
    int needed() {
        if (needed == NOT_LOOKED_AT) {
            needed = Capabilities.neededBy(request, streaming);
        }
        return needed;
    }

    /** Value of a boolean flag for this user. */
    boolean flag(FeatureFlags flags, String flag) {
        FlagEvaluation<Boolean> evaluation = flags.evaluateBoolean(flag, false, user());
        see(flag, evaluation);
        return evaluation.value();
    }

    /** Value of a number flag for this user, brought into [0, 1]. */
    double share(FeatureFlags flags, String flag) {
        FlagEvaluation<Double> evaluation = flags.evaluateDouble(flag, 0, user());
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
        return characters;
    }

    private FlagContext user() {
        return userId == null ? FlagContext.empty() : FlagContext.of(userId);
    }

    private void see(String flag, FlagEvaluation<?> evaluation) {
        if (seen == null) {
            seen = new ArrayList<>(2);
        }
        seen.add(new FlagSeen(
                flag, String.valueOf(evaluation.value()), evaluation.reason().toString()));
    }
}
