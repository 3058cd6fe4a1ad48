package dev.melancia.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.journal.JournalException;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the server refused, as the uploader keeps it: looked up by what was recorded, so that it does not matter which
 * process delivered it. Thread-safe.
 */
final class RefusedEvents {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Those of others are never asked for; the bound keeps them from piling up. */
    private static final int KEPT = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final JournalReader reader;
    private final Map<String, Refusal> refusals = new LinkedHashMap<>();

    /**
     * @param folder journal of what was refused; need not exist
     */
    RefusedEvents(Path folder) {
        this.reader = new JournalReader(folder, JournalPosition.START);
    }

    /** Why, in our words and in the server's. */
    record Refusal(String reason, String serverMessage) {}

    /** The first of these events that was refused. */
    Optional<Map.Entry<RunEvent, Refusal>> firstOf(List<? extends RunEvent> events) {
        lock.lock();
        try {
            catchUp();
            return events.stream()
                    .filter(event -> refusals.containsKey(key(event)))
                    .findFirst()
                    .map(event -> Map.entry(event, refusals.remove(key(event))));
        } finally {
            lock.unlock();
        }
    }

    private void catchUp() {
        try {
            for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                read(MAPPER.readTree(next.get().json()));
            }
        } catch (JournalException | IOException unreadable) {
            throw new ExperimentStoreException("cannot read what MLflow refused", unreadable);
        }
    }

    private void read(JsonNode line) throws IOException {
        EventCodec.decode(MAPPER.writeValueAsBytes(line.path("event")))
                .filter(RunEvent.class::isInstance)
                .map(RunEvent.class::cast)
                .ifPresent(event -> refusals.put(
                        key(event),
                        new Refusal(
                                line.path("reason").asText(),
                                line.path("detail").asText())));
        if (refusals.size() > KEPT) {
            refusals.remove(refusals.keySet().iterator().next());
        }
    }

    private static String key(RunEvent event) {
        return new String(EventCodec.encode(event), StandardCharsets.UTF_8);
    }
}
