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
     * @param unsaved why the folder did not take it; null when it is kept, or there is no folder
     */
    record Done(Call call, Outcome outcome, @Nullable JournalException unsaved) implements CallEnd {}

    /** The subject's server asked to come back later. */
    record PutOff(Call call, Duration pause) implements CallEnd {}

    /** It was not made, because the folder could not note it. */
    record NotAsked(Call call, JournalException unsaved) implements CallEnd {}

    /** It was given up because the run is being stopped; whether it was charged is in doubt. */
    record GivenUp(Call call) implements CallEnd {}

    /** Something broke that is not a failure of the subject. */
    record Broke(Call call, Error error) implements CallEnd {}
}
