package dev.melancia.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fits the model to all rated pairs and writes the files that ship; run by name only, see {@code docs/similarity.md}. */
class TrainingCommand {

    private static final Path RESOURCES = Path.of("src", "main", "resources", "dev", "melancia", "similarity");

    @Test
    void writesTheModel() throws IOException {
        Model model = Training.fit(RatedPair.all(), ModelFiles.synonyms());
        for (Map.Entry<String, byte[]> file : ModelFiles.write(model).entrySet()) {
            Files.write(RESOURCES.resolve(file.getKey()), file.getValue());
            assertThat(RESOURCES.resolve(file.getKey())).isNotEmptyFile();
        }
    }
}
