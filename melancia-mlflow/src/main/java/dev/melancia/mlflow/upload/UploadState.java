package dev.melancia.mlflow.upload;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.journal.JournalPosition;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an uploader has to remember: how far it came and which server runs are still open. It is replaced as one file; an
 * old one only means that some requests are made again, which changes nothing on the server. Confined to one thread.
 */
final class UploadState {

    /** Its name in the folder of the uploads to one server. */
    static final String FILE = "state.json";

    private static final Logger LOG = LoggerFactory.getLogger(UploadState.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Runs of processes that died never end; those beyond this are found again by their tag. */
    private static final int MOST_RUNS = 1000;

    private final Path file;
    private JournalPosition position = JournalPosition.START;
    private final BoundedMap<UploadedRun> openRuns = new BoundedMap<>(MOST_RUNS);
    private final BoundedMap<Boolean> refusedRuns = new BoundedMap<>(MOST_RUNS);
    private final BoundedMap<Instant> turns = new BoundedMap<>(MOST_RUNS);

    private UploadState(Path file) {
        this.file = file;
    }

    /** The state as it was saved; a file that cannot be understood counts as none, since a second delivery is harmless. */
    static UploadState load(Path file) throws IOException {
        return load(
                file,
                damaged -> LOG.atWarn()
                        .addKeyValue("file", file)
                        .setCause(damaged)
                        .log(
                                "the upload state is damaged; the whole journal is delivered again, which changes nothing"));
    }

    /** How far the uploader that has the folder came; it tells of damage itself. */
    static JournalPosition positionIn(Path file) throws IOException {
        return load(file, damaged -> {}).position();
    }

    private static UploadState load(Path file, Consumer<Exception> tell) throws IOException {
        try {
            UploadState state = new UploadState(file);
            state.read(MAPPER.readTree(Files.readAllBytes(file)));
            return state;
        } catch (NoSuchFileException first) {
            return new UploadState(file);
        } catch (JacksonException | IllegalArgumentException | DateTimeException damaged) {
            tell.accept(damaged);
            return new UploadState(file);
        }
    }

    JournalPosition position() {
        return position;
    }

    /** Runs that have not ended, by our id; the ones used last. */
    BoundedMap<UploadedRun> openRuns() {
        return openRuns;
    }

    /** Runs that the server refused as a whole, by our id; the last ones. */
    BoundedMap<Boolean> refusedRuns() {
        return refusedRuns;
    }

    /** Of runs that were resumed, by our id: when they last were or ended. */
    BoundedMap<Instant> turns() {
        return turns;
    }

    void save(JournalPosition reached) throws IOException {
        position = reached;
        ObjectNode json = MAPPER.createObjectNode().put("v", 1);
        ObjectNode segments = json.putObject("segments");
        position.offsets().forEach(segments::put);
        ObjectNode runs = json.putObject("open_runs");
        openRuns.copy().forEach((id, run) -> write(run, runs.putObject(id)));
        refusedRuns.copy().keySet().forEach(json.putArray("refused_runs")::add);
        ObjectNode times = json.putObject("turns");
        turns.copy().forEach((id, at) -> times.put(id, at.toString()));
        replace(MAPPER.writeValueAsBytes(json));
    }

    private static void write(UploadedRun run, ObjectNode json) {
        json.put("run_id", run.id()).put("artifact_uri", run.artifactUri());
        if (!run.doubtfulIn().isEmpty()) {
            json.put("doubtful_in", run.doubtfulIn());
        }
    }

    private void replace(byte[] content) throws IOException {
        File next = new File(file + ".next");
        // A stream on a file, not a channel: an interrupt must not close it half way.
        try (FileOutputStream out = new FileOutputStream(next)) {
            out.write(content);
            out.getFD().sync();
        }
        Files.move(next.toPath(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void read(JsonNode json) {
        Map<String, Long> offsets = new TreeMap<>();
        json.path("segments")
                .properties()
                .forEach(entry -> offsets.put(entry.getKey(), entry.getValue().asLong()));
        position = JournalPosition.of(offsets);
        json.path("open_runs")
                .properties()
                .forEach(entry -> openRuns.put(
                        entry.getKey(),
                        new UploadedRun(
                                entry.getValue().path("run_id").asText(),
                                entry.getValue().path("artifact_uri").asText(),
                                entry.getValue().path("doubtful_in").asText(""))));
        json.path("refused_runs").forEach(id -> refusedRuns.put(id.asText(), true));
        json.path("turns")
                .properties()
                .forEach(entry ->
                        turns.put(entry.getKey(), Instant.parse(entry.getValue().asText())));
    }
}
