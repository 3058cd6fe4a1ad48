package dev.melancia.scorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Reads data sets that lie outside the project; a test that needs one is skipped by name without them. */
final class PublicData {

    private static final JsonMapper JSON = new JsonMapper();

    private PublicData() {}

    static List<JsonNode> lines(String file) throws IOException {
        String folder = System.getenv("MELANCIA_DATA");
        Assumptions.assumeTrue(folder != null, "skipped: set MELANCIA_DATA to the folder that holds " + file);
        Path path = Path.of(folder, file);
        Assumptions.assumeTrue(Files.isRegularFile(path), "skipped: MELANCIA_DATA has no " + file);
        return Files.readAllLines(path).stream().map(PublicData::parse).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
