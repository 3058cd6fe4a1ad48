package dev.melancia.experiment;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a filter or an order looks at, as MLflow names it. Immutable.
 *
 * @param key of the metric, parameter or tag, or the attribute's name
 */
record RunField(Kind kind, String key) {

    static final String EXPECTED =
            "metrics.<key>, params.<key>, tags.<key> or attributes.<status, run_name, run_id, start_time or end_time>";

    private static final Map<String, Kind> PREFIXES = Map.ofEntries(
            Map.entry("metric", Kind.METRIC),
            Map.entry("metrics", Kind.METRIC),
            Map.entry("param", Kind.PARAM),
            Map.entry("params", Kind.PARAM),
            Map.entry("parameter", Kind.PARAM),
            Map.entry("parameters", Kind.PARAM),
            Map.entry("tag", Kind.TAG),
            Map.entry("tags", Kind.TAG),
            Map.entry("attr", Kind.TEXT_ATTRIBUTE),
            Map.entry("attribute", Kind.TEXT_ATTRIBUTE),
            Map.entry("attributes", Kind.TEXT_ATTRIBUTE),
            Map.entry("run", Kind.TEXT_ATTRIBUTE));

    private static final Map<String, Kind> ATTRIBUTES = Map.of(
            "status", Kind.TEXT_ATTRIBUTE,
            "run_name", Kind.TEXT_ATTRIBUTE,
            "run_id", Kind.TEXT_ATTRIBUTE,
            "start_time", Kind.TIME,
            "end_time", Kind.TIME);

    private static final String RUN_NAME = "mlflow.runName";

    enum Kind {
        METRIC,
        PARAM,
        TAG,
        TEXT_ATTRIBUTE,
        TIME;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The field of a word such as {@code metrics.accuracy}; empty when there is none. */
    static Optional<RunField> of(String word) {
        int dot = word.indexOf('.');
        String prefix = dot < 0 ? "attributes" : word.substring(0, dot);
        String key = word.substring(dot + 1);
        Kind kind = PREFIXES.get(prefix);
        if (kind == Kind.TEXT_ATTRIBUTE) {
            return Optional.ofNullable(ATTRIBUTES.get(key)).map(attribute -> new RunField(attribute, key));
        }
        return kind == null || key.isEmpty() ? Optional.empty() : Optional.of(new RunField(kind, key));
    }

    boolean numeric() {
        return kind == Kind.METRIC || kind == Kind.TIME;
    }

    /** The latest value as MLflow stores it, or epoch milliseconds; empty when the run has none. */
    OptionalDouble number(RecordedRun run) {
        if (kind == Kind.METRIC) {
            MetricSummary metric = run.metrics().get(key);
            return metric == null ? OptionalDouble.empty() : OptionalDouble.of(stored(metric.last()));
        }
        Optional<Instant> time = key.equals("start_time") ? Optional.of(run.startedAt()) : run.endedAt();
        return time.isPresent() ? OptionalDouble.of((double) time.get().toEpochMilli()) : OptionalDouble.empty();
    }

    private static double stored(double value) {
        return Double.isNaN(value) ? value : Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    /** Empty when the run has none. */
    Optional<String> text(RecordedRun run) {
        return switch (kind) {
            case PARAM -> Optional.ofNullable(run.params().get(key));
            case TAG -> Optional.ofNullable(run.tags().get(key)).or(() -> serverTag(run));
            default ->
                switch (key) {
                    case "status" -> Optional.of(run.status().name());
                    case "run_id" -> Optional.of(run.id());
                    default -> Optional.of(run.tags().getOrDefault(RUN_NAME, run.name()));
                };
        };
    }

    /** Tags that a run gets when it is brought to a server. */
    private Optional<String> serverTag(RecordedRun run) {
        return switch (key) {
            case RUN_NAME -> Optional.of(run.name());
            case "melancia.run_id" -> Optional.of(run.id());
            case "mlflow.parentRunId" -> run.parentId();
            default -> Optional.empty();
        };
    }
}
