package dev.melancia.mlflow.tracking;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Parameters, metrics and tags of one run, to be recorded together; as many as memory holds. Recording the same batch
 * again changes nothing, since the time of each point is in it. Immutable.
 *
 * @since 0.1.0
 */
public final class RunBatch {

    private static final String NOBODY = "0".repeat(32);

    private final Map<String, String> params;
    private final Map<String, String> tags;
    private final List<RunEvent.Metric> metrics;

    private RunBatch(Builder builder) {
        this.params = new LinkedHashMap<>(builder.params);
        this.tags = new LinkedHashMap<>(builder.tags);
        this.metrics = List.copyOf(builder.metrics);
    }

    /** An empty batch to be filled. */
    public static Builder builder() {
        return new Builder();
    }

    Map<String, String> params() {
        return params;
    }

    /** Bodies of the requests, each within the limits; parameters first, as they are what may be refused. */
    List<ObjectNode> requests(Supplier<ObjectNode> body) {
        List<ObjectNode> requests = new ArrayList<>();
        List<Map.Entry<String, String>> paramsLeft = List.copyOf(params.entrySet());
        List<Map.Entry<String, String>> tagsLeft = List.copyOf(tags.entrySet());
        List<RunEvent.Metric> metricsLeft = metrics;
        while (!paramsLeft.isEmpty() || !tagsLeft.isEmpty() || !metricsLeft.isEmpty()) {
            ObjectNode request = body.get();
            int small = Math.min(paramsLeft.size(), RunJson.MAX_PARAMS);
            paramsLeft.subList(0, small).forEach(param -> RunJson.addParam(request, param.getKey(), param.getValue()));
            int few = Math.min(tagsLeft.size(), RunJson.MAX_TAGS);
            tagsLeft.subList(0, few).forEach(tag -> RunJson.addTag(request, tag.getKey(), tag.getValue()));
            int many = Math.min(metricsLeft.size(), RunJson.MAX_ITEMS - small - few);
            metricsLeft.subList(0, many).forEach(metric -> RunJson.addMetric(request, metric));
            paramsLeft = paramsLeft.subList(small, paramsLeft.size());
            tagsLeft = tagsLeft.subList(few, tagsLeft.size());
            metricsLeft = metricsLeft.subList(many, metricsLeft.size());
            requests.add(request);
        }
        return requests;
    }

    /** Without content. */
    @Override
    public String toString() {
        return "RunBatch[" + params.size() + " params, " + metrics.size() + " metrics, " + tags.size() + " tags]";
    }

    /**
     * Collects what is to be recorded. Keys have 1 to 250 characters: letters, digits, {@code _ - . : /} and space. All
     * methods throw IllegalArgumentException for what MLflow would refuse or cut. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final Map<String, String> params = new LinkedHashMap<>();
        private final Map<String, String> tags = new LinkedHashMap<>();
        private final List<RunEvent.Metric> metrics = new ArrayList<>();

        private Builder() {}

        /**
         * A parameter, once and for all.
         *
         * @param value its {@code toString()} is kept, at most 6000 characters
         * @throws IllegalArgumentException also when this batch has another value for it
         */
        public Builder param(String key, Object value) {
            String text = requireNonNull(value, "value").toString();
            RunEvent.Param param = new RunEvent.Param(NOBODY, Instant.EPOCH, key, text);
            String before = params.putIfAbsent(param.key(), text);
            if (before != null && !before.equals(text)) {
                throw new IllegalArgumentException(ParamConflict.message(key, before, text));
            }
            return this;
        }

        /**
         * A point of a metric.
         *
         * @param point NaN is kept; MLflow stores infinities as plus or minus the greatest finite double
         */
        public Builder metric(String key, MetricPoint point) {
            metrics.add(new RunEvent.Metric(NOBODY, key, point));
            return this;
        }

        /**
         * A tag; the last one of a key counts.
         *
         * @param value at most 8000 characters
         */
        public Builder tag(String key, String value) {
            RunEvent.Tag tag = new RunEvent.Tag(NOBODY, Instant.EPOCH, key, value);
            tags.put(tag.key(), tag.value());
            return this;
        }

        /** The batch. */
        public RunBatch build() {
            return new RunBatch(this);
        }
    }
}
