package dev.melancia.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.scorer.Scorer;
import dev.melancia.scorer.Scorers;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The scorers that a suite may name: by name alone, or as an object with {@code scorer} and what it needs. */
final class SuiteScorers {

    private static final int FIRST_SOURCES = 5;

    private final Map<String, Function<ScorerParameters, Scorer>> byName = new TreeMap<>();

    SuiteScorers() {
        add("quality", parameters -> Scorers.quality());
        add("correctness", parameters -> Scorers.correctness());
        add("groundedness", parameters -> Scorers.groundedness());
        add("exact match", parameters -> Scorers.exactMatch());
        add("token F1", parameters -> Scorers.tokenF1());
        add("token recall", parameters -> Scorers.tokenRecall());
        add("similarity", parameters -> Scorers.similarity());
        add("trigram Dice", parameters -> Scorers.trigramDice());
        add("refusal correctness", parameters -> Scorers.refusal());
        add("refused", parameters -> Scorers.refused());
        add("source hit", parameters -> Scorers.sourceHit(first(parameters)));
        add("retrieval precision", parameters -> Scorers.retrievalPrecision(first(parameters)));
        add("retrieval recall", parameters -> Scorers.retrievalRecall(first(parameters)));
        add("reciprocal rank", parameters -> Scorers.reciprocalRank());
        add("language", parameters -> Scorers.language(parameters.text("code")));
        add(
                "length",
                parameters ->
                        Scorers.length(parameters.integer("min", 0), parameters.integer("max", Integer.MAX_VALUE)));
        add("matches", parameters -> Scorers.matches(Pattern.compile(parameters.text("pattern"))));
        add("json", parameters -> Scorers.json());
        add(
                "json schema",
                parameters -> Scorers.jsonSchema(parameters.object("schema").toString()));
    }

    private static int first(ScorerParameters parameters) {
        return parameters.integer("first", FIRST_SOURCES);
    }

    private void add(String name, Function<ScorerParameters, Scorer> factory) {
        byName.put(name.toLowerCase(Locale.ROOT), factory);
    }

    /** @throws IllegalArgumentException when there is no such scorer, or it takes other parameters */
    Scorer scorer(JsonNode entry) {
        JsonNode name = entry.isTextual() ? entry : entry.path("scorer");
        if (!name.isTextual()) {
            throw new IllegalArgumentException(
                    "must be a scorer's name, or an object with the field scorer, was " + entry);
        }
        Function<ScorerParameters, Scorer> factory = byName.get(name.textValue().toLowerCase(Locale.ROOT));
        if (factory == null) {
            throw new IllegalArgumentException(
                    "no scorer \"" + name.textValue() + "\"; there are " + String.join(", ", byName.keySet()));
        }
        ScorerParameters parameters = ScorerParameters.of(entry);
        Scorer scorer = factory.apply(parameters);
        parameters.requireAllAsked();
        return scorer;
    }
}
