package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.MelanciaException;
import dev.melancia.routing.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * A server answered a prompt that fills its whole context window: it cut what did not fit, as Ollama does without a word.
 * Give the candidate's server a larger window, or the router a candidate that has one.
 *
 * @since 0.1.0
 */
public final class PromptCutException extends MelanciaException {

    private static final long serialVersionUID = 1L;

    private PromptCutException(Candidate candidate, int tokens) {
        super(candidate.id() + " read " + tokens
                + " tokens of the prompt, all that its context window holds: the rest was"
                + " cut off; use a candidate with a larger context window");
    }

    /** What there is to say of an answer; null when the prompt was read whole, or nobody can tell. */
    @Nullable
    static PromptCutException of(Candidate candidate, ChatResponse response) {
        int window = candidate.contextWindow().orElse(Integer.MAX_VALUE);
        if (window == Integer.MAX_VALUE) {
            return null;
        }
        TokenUsage usage = response.tokenUsage();
        Integer read = usage == null ? null : usage.inputTokenCount();
        return read == null || read < window ? null : new PromptCutException(candidate, read);
    }
}
