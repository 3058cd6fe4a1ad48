package dev.melancia.scorer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an answer as JSON: the whole text, or the content of a code fence that is the whole text. Prose around it, a second
 * value and a name that occurs twice in an object are not JSON here.
 */
final class JsonText {

    private static final ObjectMapper JSON = JsonMapper.builder(new com.fasterxml.jackson.core.JsonFactoryBuilder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
            .build();
    private static final Pattern FENCE = Pattern.compile("(?s)^```[a-zA-Z]*[ \\t]*\\R(.*)\\R?```$");

    private JsonText() {}

    /** The value; empty when the text is no JSON. */
    static Optional<JsonNode> read(String text) {
        String bare = text.strip();
        Matcher fence = FENCE.matcher(bare);
        try {
            JsonNode node = JSON.readTree(fence.matches() ? fence.group(1) : bare);
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
