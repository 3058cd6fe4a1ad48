package dev.melancia.benchmark;

import dev.melancia.journal.JournalException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a worker reports of a call. Immutable. */
sealed interface CallEnd {

    /** The call it was. */
    Call call();

    /**
     * It has an outcome.
     *
     * @param kept whether it is safe, or there is no folder to keep it in
     * @param shortage why the folder takes no more; null when it does, or there is no folder
     */
    record Done(
            Call call,
            Outcome outcome,
            boolean kept,
            @Nullable JournalException shortage) implements CallEnd {}

    /** The subject's server asked to come back later. */
    record PutOff(Call call, Duration pause) implements CallEnd {}

    /** It was not made, or not charged, and the folder could not note that. */
    record NotAsked(Call call, JournalException unsaved) implements CallEnd {}

    /** It was given up because the run is being stopped; whether it was charged is in doubt. */
    record GivenUp(Call call) implements CallEnd {}

    /**
     * Something broke that is not a failure of the subject.
     *
     * @param failure an error or an unchecked exception
     */
    record Broke(Call call, Throwable failure) implements CallEnd {}
}
