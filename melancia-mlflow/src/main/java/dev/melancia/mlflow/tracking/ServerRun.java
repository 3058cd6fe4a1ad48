package dev.melancia.mlflow.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.rest.MlflowApi;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as the server had it when it was asked. To record, see {@link ActiveRun}. Immutable.
 *
 * @since 0.1.0
 */
public final class ServerRun {

    /** Tag of a run inside another one. */
    static final String PARENT = "mlflow.parentRunId";

    /** What a search answers. */
    static final Answers.Listed<ServerRun> LISTED =
            new Answers.Listed<>("runs", run -> new ServerRun("runs/search", run), ServerRun::id);

    /**
     * Where a run stands on the server.
     *
     * @since 0.1.0
     */
    public enum Status {
        /** It has not ended, as far as the server was told. */
        RUNNING,
        /** Something else will start it. */
        SCHEDULED,
        /** It did what it was meant to do. */
        FINISHED,
        /** It stopped at an error. */
        FAILED,
        /** Somebody stopped it. */
        KILLED,
        /** A state this client does not know. */
        OTHER;

        static Status of(String text) {
            for (Status status : values()) {
                if (status.name().equals(text)) {
                    return status;
                }
            }
            return OTHER;
        }
    }

    private final String id;
    private final String experimentId;
    private final String name;
    private final Status status;
    private final boolean deleted;
    private final Optional<Instant> startedAt;
    private final Optional<Instant> endedAt;
    private final String artifactUri;
    private final SortedMap<String, String> params;
    private final SortedMap<String, String> tags;
    private final SortedMap<String, MetricPoint> metrics;
    private final List<DatasetInput> datasets;

    ServerRun(String what, JsonNode json) {
        JsonNode info = json.path("info");
        this.id = MlflowApi.required(what, info, "run_id");
        this.experimentId = info.path("experiment_id").asText();
        this.name = info.path("run_name").asText();
        this.status = Status.of(info.path("status").asText());
        this.deleted = info.path("lifecycle_stage").asText().equals("deleted");
        this.startedAt = Answers.time(info.path("start_time"));
        this.endedAt = Answers.time(info.path("end_time"));
        this.artifactUri = info.path("artifact_uri").asText();
        this.params = Answers.texts(json.path("data").path("params"));
        this.tags = Answers.texts(json.path("data").path("tags"));
        SortedMap<String, MetricPoint> points = new TreeMap<>();
        for (JsonNode point : json.path("data").path("metrics")) {
            points.put(point.path("key").asText(), point(point));
        }
        this.metrics = Collections.unmodifiableSortedMap(points);
        this.datasets = Datasets.read(json.path("inputs").path("dataset_inputs"));
    }

    static MetricPoint point(JsonNode json) {
        return new MetricPoint(
                Answers.number(json.path("value")),
                json.path("step").asLong(),
                Instant.ofEpochMilli(json.path("timestamp").asLong()));
    }

    /** The server's id, 32 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** Id of the experiment it belongs to. */
    public String experimentId() {
        return experimentId;
    }

    /** What people see; need not be unique. */
    public String name() {
        return name;
    }

    /** Where it stands. */
    public Status status() {
        return status;
    }

    /** Whether it is deleted; then nothing can be recorded until {@link Runs#restore}. */
    public boolean deleted() {
        return deleted;
    }

    /** When it was started, in milliseconds; empty when the server was not told. */
    public Optional<Instant> startedAt() {
        return startedAt;
    }

    /** When it ended, in milliseconds. */
    public Optional<Instant> endedAt() {
        return endedAt;
    }

    /** URI below which its artifacts stand; they are read with {@code dev.melancia.mlflow.artifact.Artifacts}. */
    public String artifactUri() {
        return artifactUri;
    }

    /** Id of the run it is part of. */
    public Optional<String> parentId() {
        return Optional.ofNullable(tags.get(PARENT));
    }

    /** Parameters by key; unmodifiable. */
    public SortedMap<String, String> params() {
        return params;
    }

    /** Tags by key, those of MLflow itself too; unmodifiable. */
    public SortedMap<String, String> tags() {
        return tags;
    }

    /** The latest point of each metric, that of the greatest step; unmodifiable. All points: {@link Runs#history}. */
    public SortedMap<String, MetricPoint> metrics() {
        return metrics;
    }

    /** Datasets it used; unmodifiable. Empty in answers to a search of servers before MLflow 2.4. */
    public List<DatasetInput> datasets() {
        return datasets;
    }

    @Override
    public String toString() {
        return "ServerRun[" + name + ", " + id + ", " + (deleted ? "deleted" : status) + "]";
    }
}
