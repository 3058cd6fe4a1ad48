package dev.melancia.mlflow.tracking;

import java.util.ArrayList;
import java.util.List;

/**
 * Which runs are looked for, in which order. Immutable.
 *
 * @since 0.1.0
 */
public final class RunSearch {

    private final List<String> experimentIds;
    private final String filter;
    private final List<String> order;
    private final Lifecycle lifecycle;
    private final int limit;

    private RunSearch(Builder builder) {
        this.experimentIds = builder.experimentIds;
        this.filter = builder.filter;
        this.order = List.copyOf(builder.order);
        this.lifecycle = builder.lifecycle;
        this.limit = builder.limit;
    }

    /**
     * Runs of these experiments; by default all that are not deleted, the newest first.
     *
     * @param experimentIds at least one
     * @throws IllegalArgumentException when there is none
     */
    public static Builder builder(String... experimentIds) {
        return new Builder(List.of(experimentIds));
    }

    List<String> experimentIds() {
        return experimentIds;
    }

    String filter() {
        return filter;
    }

    List<String> order() {
        return order;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    int limit() {
        return limit;
    }

    @Override
    public String toString() {
        return "RunSearch[" + experimentIds + ", " + filter + ", " + order + "]";
    }

    /**
     * Collects what is looked for. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final List<String> experimentIds;
        private final List<String> order = new ArrayList<>();
        private String filter = "";
        private Lifecycle lifecycle = Lifecycle.ACTIVE;
        private int limit = Integer.MAX_VALUE;

        private Builder(List<String> experimentIds) {
            if (experimentIds.isEmpty()) {
                throw new IllegalArgumentException("a search must name experiments, had none");
            }
            this.experimentIds = experimentIds;
        }

        /** In MLflow's language: {@code metrics.loss < 1 and params.model = 'a' and tags.`my.tag` LIKE 'x%'}. */
        public Builder filter(String text) {
            filter = text;
            return this;
        }

        /** Then by this: {@code metrics.loss ASC}, {@code attributes.start_time DESC}, {@code params.model}. */
        public Builder orderBy(String column) {
            order.add(column);
            return this;
        }

        /** Deleted ones or not; active ones unless set. */
        public Builder lifecycle(Lifecycle which) {
            lifecycle = which;
            return this;
        }

        /**
         * At most so many; all unless set.
         *
         * @throws IllegalArgumentException when below 1
         */
        public Builder limit(int runs) {
            if (runs < 1) {
                throw new IllegalArgumentException("limit must be at least 1, was " + runs);
            }
            limit = runs;
            return this;
        }

        /** The search. */
        public RunSearch build() {
            return new RunSearch(this);
        }
    }
}
