package dev.melancia.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A state that is the sum of a folder's events. The journal gives no order between processes, so each event has a number,
 * one more than the last, drawn under the lock for changes; whoever reads sorts by it. Thread-safe.
 *
 * @param <S> the state, immutable
 */
final class EventFolder<S> implements AutoCloseable {

    private static final String NUMBER = "seq";

    private final Path folder;
    private final ChangeLock changes;
    private final Journal journal;
    private final JournalReader reader;
    private final Function<List<JsonNode>, S> fold;
    private final ReentrantLock lock = new ReentrantLock();
    private final SortedMap<Long, JsonNode> events = new TreeMap<>();
    private S state;

    EventFolder(Path folder, InstantSource clock, Function<List<JsonNode>, S> fold) {
        this.folder = folder;
        this.changes = new ChangeLock(folder);
        this.journal = Journal.open(folder, Journal.DEFAULT_SEGMENT_BYTES, clock);
        this.reader = new JournalReader(folder, JournalPosition.START);
        this.fold = fold;
        this.state = fold.apply(List.of());
    }

    /** What all events so far, of every process, add up to. */
    S state() {
        lock.lock();
        try {
            boolean news = false;
            for (Optional<JournalRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                JsonNode event = parse(next.get());
                news |= events.put(event.path(NUMBER).asLong(), event) == null;
            }
            if (news) {
                state = fold.apply(new ArrayList<>(events.values()));
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends what {@code decide} makes of the state, unless it finds that there is nothing to do.
     *
     * @return the state after it
     */
    S change(Function<S, Optional<ObjectNode>> decide) {
        return changes.locked(() -> {
            Optional<ObjectNode> event = decide.apply(state());
            event.ifPresent(this::append);
            return state();
        });
    }

    private void append(ObjectNode event) {
        if (damaged()) {
            throw new RegistryException(
                    "the registry in " + folder + " has a damaged record, so that a version's number could be given"
                            + " again; restore the folder from a copy before changing it",
                    null);
        }
        event.put(NUMBER, next());
        journal.append(event.toString());
        journal.flush();
    }

    private boolean damaged() {
        lock.lock();
        try {
            return reader.damage().corruptLines() > 0;
        } finally {
            lock.unlock();
        }
    }

    private long next() {
        lock.lock();
        try {
            return events.isEmpty() ? 1 : events.lastKey() + 1;
        } finally {
            lock.unlock();
        }
    }

    private JsonNode parse(JournalRecord record) {
        try {
            return ChangeJson.JSON.readTree(record.json());
        } catch (JacksonException notJson) {
            throw new RegistryException("record " + record + " in " + folder + " is no JSON", null);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
