package dev.melancia.similarity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * Two sentences and how similar people found them.
 *
 * @param rating mean of four people, in [1, 5]
 */
record RatedPair(String a, String b, Reading readingOfA, Reading readingOfB, double rating) {

    private static final String FILE = "assin-ptbr-dev.jsonl";

    /** All pairs of ASSIN 2016, Brazilian training and development part (MIT); skips the test by name without them. */
    static List<RatedPair> all() throws IOException {
        String folder = System.getenv("MELANCIA_DATA");
        Assumptions.assumeTrue(folder != null, "skipped: set MELANCIA_DATA to the folder that holds " + FILE);
        Path path = Path.of(folder, FILE);
        Assumptions.assumeTrue(Files.isRegularFile(path), "skipped: MELANCIA_DATA has no " + FILE);
        List<RatedPair> pairs = new ArrayList<>();
        JsonMapper json = new JsonMapper();
        for (String line : Files.readAllLines(path)) {
            JsonNode node = json.readTree(line);
            String a = node.path("a").asText();
            String b = node.path("b").asText();
            pairs.add(new RatedPair(
                    a,
                    b,
                    new Reading(a),
                    new Reading(b),
                    node.path("similarity").asDouble()));
        }
        return pairs;
    }

    Map<Feature, Double> measuredBy(Features features) {
        return features.of(readingOfA, readingOfB);
    }
}
