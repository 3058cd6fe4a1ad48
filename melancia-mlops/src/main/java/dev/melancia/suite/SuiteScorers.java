package dev.melancia.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.scorer.Scorer;
import dev.melancia.scorer.Scorers;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The scorers that a suite may name: by name alone, or as an object with {@code scorer} and what it needs. */
final class SuiteScorers {

    private static final int FIRST_SOURCES = 5;

    private final Map<String, Function<ScorerParameters, Scorer>> byName = new TreeMap<>();

    SuiteScorers() {
        add("exact match", parameters -> Scorers.exactMatch());
        add("token F1", parameters -> Scorers.tokenF1());
        add("token recall", parameters -> Scorers.tokenRecall());
        add("trigram Dice", parameters -> Scorers.trigramDice());
        add("correctness", parameters -> Scorers.correctness());
        add("groundedness", parameters -> Scorers.groundedness());
        add("quality", parameters -> Scorers.quality());
        add("refusal correctness", parameters -> Scorers.refusal());
        add("source hit", parameters -> Scorers.sourceHit(first(parameters)));
        add("retrieval precision", parameters -> Scorers.retrievalPrecision(first(parameters)));
        add("retrieval recall", parameters -> Scorers.retrievalRecall(first(parameters)));
        add("reciprocal rank", parameters -> Scorers.reciprocalRank());
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
