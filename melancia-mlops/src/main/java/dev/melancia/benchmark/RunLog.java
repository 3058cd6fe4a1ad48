package dev.melancia.benchmark;

import dev.melancia.journal.JournalException;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.util.Optional;

/**
 * What a run notes before it counts. Called from workers at once; each method throws {@link JournalException} when the note
 * could not be taken, and does not end otherwise before it is safe from a kill of this process.
 */
interface RunLog {

    /** Takes no notes. */
    RunLog NONE = new RunLog() {};

    /** A call is about to be made. */
    default void asked(Call call) {}

    /** Its server asked to come back later: it was not charged. */
    default void putOff(Call call) {}

    /** It has its outcome. */
    default void ended(Call call, Outcome outcome) {}

    /** The score that was paid for this very answer, if one was. */
    default Optional<Score> score(Scorer scorer, CallKey key, Outcome.Answered answered) {
        return Optional.empty();
    }

    /** A score was paid. */
    default void scored(Scorer scorer, CallKey key, Outcome.Answered answered, Score score) {}
}
