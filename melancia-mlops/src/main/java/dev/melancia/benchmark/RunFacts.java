package dev.melancia.benchmark;

import dev.melancia.scorer.Scorer;
import java.time.Instant;
import java.util.List;

/** What a report says of its run as a whole. */
record RunFacts(Instant startedAt, RunSettings settings, List<Scorer> scorers) {

    RunFacts {
        scorers = List.copyOf(scorers);
    }
}
