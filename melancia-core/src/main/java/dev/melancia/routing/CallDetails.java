package dev.melancia.routing;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import org.jspecify.annotations.Nullable;

/** What only some conditions look at, made when the first of them asks; each found once. Confined to one decision. */
final class CallDetails {

    private static final int NOT_LOOKED_AT = -1;

    private final ChatRequest request;
    private final CallContext context;
    private final boolean streaming;
    private int characters = RoutingScope.NOT_COUNTED;
    private int needed = NOT_LOOKED_AT;
    private @Nullable String question;
    private @Nullable FoldedText folded;

    CallDetails(ChatRequest request, CallContext context, boolean streaming) {
        this.request = request;
        this.context = context;
        this.streaming = streaming;
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

    /** Code points of the question. */
    int characters() {
        if (characters == RoutingScope.NOT_COUNTED) {
            characters = question().codePointCount(0, question().length());
        }
        return characters;
    }

    int charactersIfCounted() {
        return characters;
    }

    /** Capabilities that a model must have to answer, as bits. */
    int needed() {
        if (needed == NOT_LOOKED_AT) {
            needed = Capabilities.neededBy(request, streaming);
        }
        return needed;
    }
}
