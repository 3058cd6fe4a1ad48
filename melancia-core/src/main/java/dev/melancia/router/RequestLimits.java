package dev.melancia.router;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.routing.Question;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a request must look like before any model sees it. A plain router has none: "Oi" is a message. The question is the
 * user's own, never a tool's result. Immutable.
 *
 * @since 0.1.0
 */
public final class RequestLimits {

    private static final int SEED_MIN_CHARACTERS = 3;
    private static final int SEED_MAX_OUTPUT_TOKENS = 500;
    private static final RequestLimits NONE = new RequestLimits(0, null, null);

    private final int minQuestionCharacters;
    private final @Nullable Set<String> tiers;
    private final @Nullable Integer maxOutputTokens;

    private RequestLimits(int minQuestionCharacters, @Nullable Set<String> tiers, @Nullable Integer maxOutputTokens) {
        this.minQuestionCharacters = minQuestionCharacters;
        this.tiers = tiers;
        this.maxOutputTokens = maxOutputTokens;
    }

    /** Anything goes. */
    public static RequestLimits none() {
        return NONE;
    }

    /** A question of at least 3 characters, tier free or premium, at most 500 tokens asked for. */
    public static RequestLimits ofHybridPolicy() {
        return NONE.minQuestionCharacters(SEED_MIN_CHARACTERS)
                .tiers(Set.of("free", "premium"))
                .maxOutputTokens(SEED_MAX_OUTPUT_TOKENS);
    }

    /**
     * These limits with a shortest question, counted in characters (code points) without surrounding white space.
     *
     * @throws IllegalArgumentException when negative
     */
    public RequestLimits minQuestionCharacters(int characters) {
        if (characters < 0) {
            throw new IllegalArgumentException("minQuestionCharacters must be at least 0, was " + characters);
        }
        return new RequestLimits(characters, tiers, maxOutputTokens);
    }

    /** These limits with the only tiers a context may name; a context without a tier passes. */
    public RequestLimits tiers(Set<String> known) {
        return new RequestLimits(minQuestionCharacters, Set.copyOf(known), maxOutputTokens);
    }

    /**
     * These limits with the most output tokens a request may ask for.
     *
     * @throws IllegalArgumentException below 1
     */
    public RequestLimits maxOutputTokens(int tokens) {
        if (tokens < 1) {
            throw new IllegalArgumentException("maxOutputTokens must be at least 1, was " + tokens);
        }
        return new RequestLimits(minQuestionCharacters, tiers, tokens);
    }

    /** Shortest question in characters; 0 when any will do. */
    public int minQuestionCharacters() {
        return minQuestionCharacters;
    }

    /** Tiers a context may name; empty when any will do. */
    public Optional<Set<String>> tiers() {
        return Optional.ofNullable(tiers);
    }

    /** Most output tokens a request may ask for; empty when any number will do. */
    public OptionalInt maxOutputTokens() {
        return maxOutputTokens == null ? OptionalInt.empty() : OptionalInt.of(maxOutputTokens);
    }

    /**
     * Does nothing when the request is within the limits.
     *
     * @throws RequestLimitException naming field, rule and value; of the question only its length is told
     */
    void check(ChatRequest request, CallContext context) {
        if (this == NONE) {
            return;
        }
        checkTier(context);
        checkOutputTokens(request);
        if (!isToolTurn(request.messages())) {
            checkQuestion(Question.of(request, context));
        }
    }

    private void checkTier(CallContext context) {
        String tier = context.tier().orElse(null);
        if (tiers != null && tier != null && !tiers.contains(tier)) {
            throw new RequestLimitException(
                    "tier", "tier must be one of " + new TreeSet<>(tiers) + ", was \"" + tier + "\"");
        }
    }

    private void checkOutputTokens(ChatRequest request) {
        Integer asked = request.maxOutputTokens();
        if (maxOutputTokens != null && asked != null && asked > maxOutputTokens) {
            throw new RequestLimitException(
                    "maxOutputTokens", "maxOutputTokens must be at most " + maxOutputTokens + ", was " + asked);
        }
    }

    private void checkQuestion(String question) {
        String stripped = question.strip();
        int characters = stripped.codePointCount(0, stripped.length());
        if (characters < minQuestionCharacters) {
            throw new RequestLimitException(
                    "question",
                    "question must have at least " + minQuestionCharacters + " characters, had " + characters);
        }
    }

    static boolean isToolTurn(List<ChatMessage> messages) {
        return !messages.isEmpty()
                && requireNonNull(messages.get(messages.size() - 1)) instanceof ToolExecutionResultMessage;
    }
}
