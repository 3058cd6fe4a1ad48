package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Some of the traces a query finds. Immutable.
 *
 * @param traces in the query's order
 * @param nextPage what {@link TraceQuery#page} wants for more; empty when these were the last
 * @since 0.1.0
 */
public record TracePage(List<LoggedTrace> traces, Optional<String> nextPage) {

    public TracePage {
        traces = List.copyOf(traces);
        requireNonNull(nextPage, "nextPage");
    }
}
