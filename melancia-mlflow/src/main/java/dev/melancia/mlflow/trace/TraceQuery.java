package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which traces of an experiment are wanted. Without a filter all are, newest first. Immutable.
 *
 * @since 0.1.0
 */
public final class TraceQuery {

    private static final int MOST = 500;

    private final String experimentId;
    private final Optional<String> filter;
    private final List<String> order;
    private final int maxResults;
    private final Optional<String> page;

    private TraceQuery(Builder builder, Optional<String> page) {
        this.experimentId = builder.experimentId;
        this.filter = builder.filter;
        this.order = List.copyOf(builder.order);
        this.maxResults = builder.maxResults;
        this.page = page;
    }

    private TraceQuery(TraceQuery query, String page) {
        this.experimentId = query.experimentId;
        this.filter = query.filter;
        this.order = query.order;
        this.maxResults = query.maxResults;
        this.page = Optional.of(page);
    }

    /** Traces of the experiment with this id. */
    public static Builder builder(String experimentId) {
        return new Builder(experimentId);
    }

    /** The same query from another page on. */
    public TraceQuery page(String token) {
        return new TraceQuery(this, requireNonNull(token, "token"));
    }

    ObjectNode body(ObjectNode body) {
        body.withArray("locations")
                .addObject()
                .put("type", "MLFLOW_EXPERIMENT")
                .putObject("mlflow_experiment")
                .put("experiment_id", experimentId);
        filter.ifPresent(filter -> body.put("filter", filter));
        order.forEach(body.withArray("order_by")::add);
        page.ifPresent(token -> body.put("page_token", token));
        return body.put("max_results", maxResults);
    }

    /**
     * Collects a query. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final String experimentId;
        private Optional<String> filter = Optional.empty();
        private final List<String> order = new ArrayList<>();
        private int maxResults = 100;

        private Builder(String experimentId) {
            this.experimentId = requireNonNull(experimentId, "experimentId");
        }

        /** In MLflow's words, such as {@code attributes.status = 'ERROR' AND tags.tenant = 'acme'}. */
        public Builder filter(String text) {
            filter = Optional.of(text);
            return this;
        }

        /** Adds an order, such as {@code timestamp_ms DESC}. */
        public Builder orderBy(String text) {
            order.add(requireNonNull(text, "text"));
            return this;
        }

        /** Most traces of a page, 1 to 500; 100 unless set. */
        public Builder maxResults(int most) {
            if (most < 1 || most > MOST) {
                throw new IllegalArgumentException("maxResults must be in [1, " + MOST + "], was " + most);
            }
            maxResults = most;
            return this;
        }

        /** The query. */
        public TraceQuery build() {
            return new TraceQuery(this, Optional.empty());
        }
    }
}
