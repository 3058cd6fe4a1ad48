package dev.melancia.mlflow.upload;

import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether another uploader has delivered all of the journal. One reader for all questions, so that damage is told once
 * and nothing is read twice. Confined to one thread.
 */
final class DeliveryProbe {

    private final Path store;
    private @Nullable JournalReader reader;
    private @Nullable JournalRecord waiting;

    DeliveryProbe(Path store) {
        this.store = store;
    }

    /** Whether every record lies before {@code theirs}, where the other one stands. */
    boolean delivered(JournalPosition theirs) {
        JournalReader mine = reader;
        if (mine == null || mine.restarts() > 0) {
            // What was compacted under this reader comes again; the other one had delivered it before.
            mine = new JournalReader(store, theirs);
            waiting = null;
        }
        reader = mine;
        do {
            JournalRecord record = waiting;
            if (record != null && !behind(record, theirs)) {
                return false;
            }
            waiting = mine.next().orElse(null);
        } while (waiting != null);
        return true;
    }

    private boolean behind(JournalRecord record, JournalPosition theirs) {
        return theirs.offset(record.segment()) > record.offset() || !Files.exists(store.resolve(record.segment()));
    }
}
