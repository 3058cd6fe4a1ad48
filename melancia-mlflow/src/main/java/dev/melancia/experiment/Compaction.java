package dev.melancia.experiment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.journal.CompactionResult;
import dev.melancia.journal.JournalCompaction;
import dev.melancia.journal.JournalException;
import dev.melancia.journal.JournalPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compacts the local store once all servers it is uploaded to have what is packed. Stateless. */
final class Compaction {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Compaction() {}

    /** As {@link ExperimentTracker#compact()}. */
    static Optional<CompactionResult> run(Path store, InstantSource clock) {
        return run(store, JournalCompaction.of(store, clock));
    }

    private static Optional<CompactionResult> run(Path store, JournalCompaction compaction) {
        try {
            return compaction.run(uploaded(store), EventPacker::new);
        } catch (JournalException failure) {
            throw new ExperimentStoreException(String.valueOf(failure.getMessage()), failure);
        } catch (IOException failure) {
            throw new ExperimentStoreException("cannot read how far " + store + " was uploaded", failure);
        }
    }

    /** How far each uploader of the folder has come; one that has saved nothing yet stands at the start. */
    private static List<JournalPosition> uploaded(Path store) throws IOException {
        List<JournalPosition> positions = new ArrayList<>();
        if (Files.isDirectory(store)) {
            try (var folders = Files.newDirectoryStream(store, "mlflow-*")) {
                for (Path folder : folders) {
                    positions.add(position(folder.resolve("state.json")));
                }
            }
        }
        return positions;
    }

    private static JournalPosition position(Path state) throws IOException {
        try {
            Map<String, Long> offsets = new TreeMap<>();
            JsonNode segments = MAPPER.readTree(Files.readAllBytes(state)).path("segments");
            segments.properties()
                    .forEach(entry ->
                            offsets.put(entry.getKey(), entry.getValue().asLong()));
            return JournalPosition.of(offsets);
        } catch (NoSuchFileException | JacksonException | IllegalArgumentException notSaved) {
            return JournalPosition.START;
        }
    }
}
