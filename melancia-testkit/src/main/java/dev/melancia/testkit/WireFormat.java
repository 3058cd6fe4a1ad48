package dev.melancia.testkit;

import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of model server writes its answers, so that one contract serves all. Implement it for a provider with a
 * format of its own; implementations are immutable.
 *
 * @since 0.1.0
 */
public interface WireFormat {

    /** The format of OpenAI's chat completions: JSON, and server-sent events for streams. */
    static WireFormat openAi() {
        return new OpenAiWire();
    }

    /** Ollama's own format: JSON, and a JSON object a line for streams. */
    static WireFormat ollama() {
        return new OllamaWire();
    }

    /** What follows host and port in a base address: {@code /v1}, or nothing. */
    String basePath();

    /** A whole answer, with its token counts or without any. */
    Reply answer(String text, @Nullable TokenUsage usage);

    /** A stream with these pieces that is not ended: go on with {@code end}, {@code stall} or {@code cut}. */
    Reply pieces(String... pieces);

    /** A whole stream: pieces, finish reason, token counts or none, end. */
    Reply stream(@Nullable TokenUsage usage, String... pieces);

    /** A whole answer in the format, with status 200, that holds no message; it is sent to whoever asks for a stream, too. */
    Reply nothing();

    /** What the body of a stream that has begun says when the server fails: to be sent after {@link #pieces}. */
    String failure(String message);

    /** An error answer. */
    Reply error(int status, String message);
}
