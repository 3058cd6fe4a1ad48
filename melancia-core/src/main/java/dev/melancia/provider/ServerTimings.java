package dev.melancia.provider;

import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Implemented by the metadata of a response whose server said how it spent its time on that very call: above all the
 * loading of a local model, which is no part of how fast the model answers. A router hands it on with the response. A
 * provider that does not know a part leaves it empty, and one that knows none does not implement it: nothing here is a
 * guess. An answer from a response cache has the timings of the call that it was first given to, as it has its token counts.
 * Implementations are immutable.
 *
 * @since 0.1.0
 */
public interface ServerTimings {

    /**
     * Time the server spent until the model was loaded, in nanoseconds, at least 0; a few milliseconds, not 0, where it was
     * loaded already.
     */
    default OptionalLong loadNanos() {
        return OptionalLong.empty();
    }

    /** Time it spent reading the prompt, in nanoseconds, at least 0. */
    default OptionalLong promptNanos() {
        return OptionalLong.empty();
    }

    /** Time it spent writing the answer, in nanoseconds, at least 0. */
    default OptionalLong answerNanos() {
        return OptionalLong.empty();
    }

    /** What the server said of this response's call; empty when it said nothing. */
    static Optional<ServerTimings> of(ChatResponse response) {
        return response.metadata() instanceof ServerTimings timings ? Optional.of(timings) : Optional.empty();
    }
}
