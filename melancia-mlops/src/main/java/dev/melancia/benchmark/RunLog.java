package dev.melancia.benchmark;

import dev.melancia.journal.JournalException;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.util.Optional;

/**
 * What a run notes before it counts. Called from workers at once; each method throws {@link JournalException} when the note
 * could not be taken, and does not return before it is safe from a kill of this process.
 */
interface RunLog {

    /** Takes no notes. */
    RunLog NONE = new RunLog() {};

    /** This process of the run begins. */
    default void began() {}

    /** A call is about to be made. */
    default void asked(Call call) {}

    /** Its server asked to come back later: it was not charged. */
    default void putOff(Call call) {}

    /**
     * It has its outcome.
     *
     * @return why there is no room for another; empty when there is
     */
    default Optional<JournalException> ended(Call call, Outcome outcome) {
        return Optional.empty();
    }

    /** Nothing more is asked, because the budget is spent. */
    default void budgetSpent() {}

    /** The score that was paid for this very answer, if one was. */
    default Optional<Score> score(Scorer scorer, CallKey key, Outcome.Answered answered) {
        return Optional.empty();
    }

    /**
     * A score was paid.
     *
     * @return why there is no room for another; empty when there is
     */
    default Optional<JournalException> scored(Scorer scorer, CallKey key, Outcome.Answered answered, Score score) {
        return Optional.empty();
    }
}
