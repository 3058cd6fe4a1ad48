package dev.melancia.experiment;

import dev.melancia.mlflow.event.RunEvent;
import java.util.List;

/** What a recording call waits for once its events are in the journal. Thread-safe. */
interface Acknowledgement {

    /** The journal is enough. */
    Acknowledgement JOURNAL = (run, events) -> {};

    /**
     * Returns when the events are where they have to be.
     *
     * @throws NotDeliveredException when they are not
     */
    void await(RunEvent.Started run, List<? extends RunEvent> events);
}
