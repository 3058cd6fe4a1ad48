package dev.melancia.drift;

import static java.util.Objects.requireNonNull;

import dev.melancia.drift.DriftVerdict.Drifted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The verdicts of one check over several metrics, corrected together. Immutable.
 *
 * @since 0.1.0
 */
public final class DriftReport {

    private final List<DriftVerdict> verdicts;

    DriftReport(List<DriftVerdict> verdicts) {
        this.verdicts = List.copyOf(verdicts);
    }

    /** One verdict per metric of the detector, in the order in which their baselines were given. */
    public List<DriftVerdict> verdicts() {
        return verdicts;
    }

    /** The verdict on one metric; empty if the detector has no baseline of that name. */
    public Optional<DriftVerdict> verdict(String metric) {
        requireNonNull(metric, "metric");
        return verdicts.stream()
                .filter(verdict -> verdict.metric().equals(metric))
                .findFirst();
    }

    /** The metrics that drifted, in the same order; empty if none did. */
    public List<Drifted> drifted() {
        return verdicts.stream()
                .filter(Drifted.class::isInstance)
                .map(Drifted.class::cast)
                .toList();
    }

    /** Whether any metric drifted. */
    public boolean isDrifted() {
        return verdicts.stream().anyMatch(DriftVerdict::isDrifted);
    }

    /** One line per metric, for a person. */
    public String explain() {
        return verdicts.stream().map(DriftVerdict::explain).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return explain();
    }
}
