package dev.melancia.mlflow.tracking;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.RunEvent;

/**
 * How what a run records stands in MLflow's requests: each method adds one item to the body of {@code runs/log-batch} or
 * {@code runs/log-inputs}. For requests of one's own; {@link Runs} and {@link ActiveRun} make theirs with it. Stateless.
 *
 * @since 0.1.0
 */
public final class RunJson {

    /** Tag with the id that a run has here, by which it is found again when the outcome of its creation is unknown. */
    public static final String RUN_ID_TAG = "melancia.run_id";

    /** Most items of one {@code runs/log-batch}, of all kinds together. */
    public static final int MAX_ITEMS = 1000;

    /** Most parameters of one {@code runs/log-batch}, each key once. */
    public static final int MAX_PARAMS = 100;

    /** Most tags of one {@code runs/log-batch}. */
    public static final int MAX_TAGS = 100;

    static final String DATASET_CONTEXT = "mlflow.data.context";

    private RunJson() {}

    /** Adds a parameter. */
    public static void addParam(ObjectNode body, String key, String value) {
        body.withArray("params").addObject().put("key", key).put("value", value);
    }

    /** Adds a tag. */
    public static void addTag(ObjectNode body, String key, String value) {
        body.withArray("tags").addObject().put("key", key).put("value", value);
    }

    /** Adds a point of a metric. A bare NaN is answered 200 and drops the rest of the request, so what is not finite is text. */
    public static void addMetric(ObjectNode body, RunEvent.Metric metric) {
        double value = metric.point().value();
        ObjectNode item = body.withArray("metrics").addObject().put("key", metric.key());
        if (Double.isFinite(value)) {
            item.put("value", value);
        } else {
            item.put("value", Double.toString(value));
        }
        item.put("timestamp", metric.at().toEpochMilli())
                .put("step", metric.point().step());
    }

    /** Adds a dataset. */
    public static void addDataset(ObjectNode body, DatasetInput input) {
        ObjectNode item = body.withArray("datasets").addObject();
        input.context().ifPresent(context -> addTag(item, DATASET_CONTEXT, context));
        ObjectNode dataset = item.putObject("dataset")
                .put("name", input.name())
                .put("digest", input.digest())
                .put("source_type", input.sourceType())
                .put("source", input.source());
        input.schema().ifPresent(schema -> dataset.put("schema", schema));
        input.profile().ifPresent(profile -> dataset.put("profile", profile));
    }
}
