package dev.melancia.mlflow.upload;

import dev.melancia.journal.JournalPosition;
import dev.melancia.journal.JournalReader;
import dev.melancia.journal.JournalRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether another uploader has delivered what was in the journal when somebody asked; what is written after the question
 * does not count. One reader for all questions, so that damage is told once and nothing is read twice. Confined to one
 * thread.
 */
final class DeliveryProbe {

    private final Path store;

    /** Offset of the last record of each segment, from where the other one was at first to the end at the last question. */
    private final Map<String, Long> awaited = new HashMap<>();

    private @Nullable JournalReader reader;
    private @Nullable Long open;

    DeliveryProbe(Path store) {
        this.store = store;
    }

    /**
     * The question that can be answered with yes.
     *
     * @param theirs where the other one stands
     * @param question the last one so far; noted when none is open
     */
    OptionalLong answered(JournalPosition theirs, long question) {
        if (open == null) {
            readToTheEnd(theirs);
            open = question;
        }
        awaited.entrySet().removeIf(last -> behind(last.getKey(), last.getValue(), theirs));
        if (!awaited.isEmpty()) {
            return OptionalLong.empty();
        }
        long answered = open;
        open = null;
        return OptionalLong.of(answered);
    }

    private void readToTheEnd(JournalPosition theirs) {
        JournalReader mine = reader;
        if (mine == null || mine.restarts() > 0) {
            // What was compacted under this reader comes again; the other one had delivered it before.
            mine = new JournalReader(store, theirs);
        }
        reader = mine;
        for (Optional<JournalRecord> next = mine.next(); next.isPresent(); next = mine.next()) {
            awaited.put(next.get().segment(), next.get().offset());
        }
    }

    private boolean behind(String segment, long offset, JournalPosition theirs) {
        return theirs.offset(segment) > offset || !Files.exists(store.resolve(segment));
    }
}
