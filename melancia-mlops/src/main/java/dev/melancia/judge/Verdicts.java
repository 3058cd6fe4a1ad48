package dev.melancia.judge;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a verdict strictly: the reply is one JSON object (in a code fence, if it likes) with the verdict's field, or its last
 * line is {@code FIELD: verdict} and nothing more. A number somewhere in prose is no verdict.
 */
final class Verdicts {

    private static final JsonMapper JSON = JsonMapper.builder(new JsonFactoryBuilder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern FENCE = Pattern.compile("(?s)^```[a-zA-Z]*\\s*(\\{.*})\\s*```$");
    /** Blanks, emphasis, quotes and brackets; no sign and no separator, which would make another number of a grade. */
    private static final String MARKS = "[\\s*_`\"'“‘«(\\[{]*";

    private static final int LONGEST = 20_000;

    private final List<String> fields;
    private final List<String> values;
    private final Pattern lastLine;

    private Verdicts(List<String> fields, List<String> values) {
        this.fields = fields;
        this.values = values;
        lastLine = Pattern.compile("(?i)^\\W*(?:" + String.join("|", fields) + ")\\W*:" + MARKS + "("
                + String.join("|", values) + ")(?:\\s*/\\s*5)?\\W*$");
    }

    static Verdicts grades() {
        return new Verdicts(List.of("grade", "nota"), List.of("1", "2", "3", "4", "5"));
    }

    static Verdicts winners() {
        return new Verdicts(List.of("winner", "melhor"), List.of("a", "b", "tie", "empate"));
    }

    /** One of the allowed values in lower case; empty for a malformed verdict. */
    Optional<String> read(String reply) {
        String bare = reply.strip();
        if (bare.isEmpty() || bare.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher fence = FENCE.matcher(bare);
        String json = fence.matches() ? fence.group(1) : bare;
        return json.startsWith("{") ? ofJson(json) : ofLastLine(bare);
    }

    private Optional<String> ofJson(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            List<String> given = fields.stream()
                    .filter(node::has)
                    .map(field -> node.get(field).asText("").strip().toLowerCase(Locale.ROOT))
                    .toList();
            return given.size() == 1 && values.contains(given.get(0)) ? Optional.of(given.get(0)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Optional<String> ofLastLine(String reply) {
        Matcher line =
                lastLine.matcher(reply.substring(reply.lastIndexOf('\n') + 1).strip());
        return line.matches() ? Optional.of(line.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
