package dev.melancia.experiment;

import dev.melancia.journal.Journal;
import dev.melancia.journal.JournalException;
import dev.melancia.mlflow.event.RunEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the runs of a tracker share.
 *
 * @param origin tags that say where a run comes from, set when it starts
 * @param acknowledgement what a call waits for once its events are in the journal
 */
record RunParts(
        Journal journal, InstantSource clock, Supplier<Map<String, String>> origin, Acknowledgement acknowledgement) {

    /** With the precision of the journal, so that an event is read back equal to what was recorded. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Brings what was recorded to the device. */
    void sync() {
        try {
            journal.flush();
        } catch (JournalException failure) {
            throw new ExperimentStoreException(String.valueOf(failure.getMessage()), failure);
        }
    }

    RunEvent.Started newRun(String experiment, String name) {
        String id = UUID.randomUUID().toString().replace("-", "");
        return new RunEvent.Started(id, now(), experiment, name);
    }

    List<RunEvent> originOf(RunEvent.Started started) {
        return origin.get().entrySet().stream()
                .<RunEvent>map(tag -> new RunEvent.Tag(started.runId(), started.at(), tag.getKey(), tag.getValue()))
                .toList();
    }
}
