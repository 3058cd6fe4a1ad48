package dev.melancia.benchmark;

import dev.melancia.scorer.Scorer;
import java.util.List;

/**
 * What a run is to bring. Immutable.
 *
 * @param dataset the questions to ask, in quick mode the sample
 * @param subjects at least one
 * @param scorers at least one
 * @param settings how
 */
record RunPlan(Dataset dataset, List<Subject> subjects, List<Scorer> scorers, RunSettings settings) {}
