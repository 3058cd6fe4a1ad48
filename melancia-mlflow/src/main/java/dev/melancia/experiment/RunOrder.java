package dev.melancia.experiment;

import dev.melancia.experiment.FilterToken.Kind;
import java.util.Comparator;
import java.util.List;

/** MLflow's order of runs: NaN and unknown values last in either direction, and after all the latest start first. */
final class RunOrder {

    private static final Comparator<RecordedRun> LATEST_FIRST =
            Comparator.comparing(RecordedRun::startedAt).reversed().thenComparing(RecordedRun::id);

    private RunOrder() {}

    /**
     * The order of these fields, the first first.
     *
     * @throws IllegalArgumentException with the place and what could stand there
     */
    static Comparator<RecordedRun> parse(List<String> fields) {
        return fields.stream()
                .map(RunOrder::parse)
                .reduce(Comparator::thenComparing)
                .map(order -> order.thenComparing(LATEST_FIRST))
                .orElse(LATEST_FIRST);
    }

    private static Comparator<RecordedRun> parse(String text) {
        FilterScanner scanner = new FilterScanner("order", text);
        FilterToken word = scanner.next();
        RunField field = RunField.of(word.kind() == Kind.WORD ? word.text() : ".")
                .orElseThrow(
                        () -> scanner.problem(word.at(), "expected " + RunField.EXPECTED + ", found " + word.shown()));
        FilterToken direction = scanner.next();
        boolean descending = direction.isWord("desc");
        if (!descending && !direction.isWord("asc") && direction.kind() != Kind.END) {
            throw scanner.problem(direction.at(), "expected ASC or DESC, found " + direction.shown());
        }
        FilterToken end = direction.kind() == Kind.END ? direction : scanner.next();
        if (end.kind() != Kind.END) {
            throw scanner.problem(end.at(), "expected the end, found " + end.shown() + "; give one field each");
        }
        return field.numeric() ? numbers(field, descending) : texts(field, descending);
    }

    private static Comparator<RecordedRun> numbers(RunField field, boolean descending) {
        Comparator<RecordedRun> value =
                Comparator.comparingDouble(run -> field.number(run).orElse(0) + 0.0);
        return Comparator.<RecordedRun>comparingInt(run -> rank(field, run))
                .thenComparing(descending ? value.reversed() : value);
    }

    private static int rank(RunField field, RecordedRun run) {
        if (field.number(run).isEmpty()) {
            return 2;
        }
        return Double.isNaN(field.number(run).getAsDouble()) ? 1 : 0;
    }

    private static Comparator<RecordedRun> texts(RunField field, boolean descending) {
        Comparator<RecordedRun> value =
                Comparator.comparing(run -> field.text(run).orElse(""));
        return Comparator.<RecordedRun>comparingInt(run -> field.text(run).isPresent() ? 0 : 1)
                .thenComparing(descending ? value.reversed() : value);
    }
}
