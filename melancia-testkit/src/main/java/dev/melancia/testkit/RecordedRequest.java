package dev.melancia.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as {@link LoopbackServer} received it. Immutable; {@code toString()} shows neither headers nor body.
 *
 * @param method such as {@code POST}
 * @param path with the query, such as {@code /v1/chat/completions}
 * @param headers by name in lower case; of a repeated one the last
 * @param body decoded as UTF-8, empty when there was none
 * @since 0.1.0
 */
public record RecordedRequest(String method, String path, Map<String, String> headers, String body) {

    private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true");

    public RecordedRequest {
        headers = Map.copyOf(headers);
    }

    /** Value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether the body has {@code "stream": true}, as in the formats of OpenAI and Ollama. */
    public boolean asksForStream() {
        return STREAM.matcher(body).find();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
