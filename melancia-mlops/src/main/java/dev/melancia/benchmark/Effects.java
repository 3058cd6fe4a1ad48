package dev.melancia.benchmark;

import dev.melancia.journal.Journal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Time, threads and files of a run; tests bring their own. Immutable.
 *
 * @param clock dates
 * @param nanoTicker measures latency
 * @param crew makes the workers
 * @param journals opens the journal in a folder
 */
record Effects(InstantSource clock, LongSupplier nanoTicker, Crew crew, Function<Path, Journal> journals) {

    /** Makes the workers of one run. */
    interface Crew {
        Workers hire(int most, Caller caller);
    }
}
