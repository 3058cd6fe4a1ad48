package dev.melancia.mlflow.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What happened to an experiment run, as one line of the journal. Immutable. The constructors hold what MLflow 3.17
 * would refuse or silently cut, so that whatever is accepted can be delivered.
 *
 * <p>Run ids are 32 lower-case hexadecimal digits, chosen by the writer. Keys have 1 to 250 characters: letters, digits,
 * {@code _ - . : /} and space, and no path segment that is empty, {@code .} or {@code ..}. All constructors throw
 * IllegalArgumentException for what breaks these rules.
 *
 * @since 0.1.0
 */
public sealed interface RunEvent extends TrackingEvent {

    /** Whose event it is. */
    String runId();

    /**
     * A run began.
     *
     * @param experiment 1 to 256 characters, created on the server when it is not there
     * @param name what people see, 1 to 250 characters; need not be unique
     */
    record Started(String runId, Instant at, String experiment, String name) implements RunEvent {
        public Started {
            RunEventRules.runId(runId);
            at = RunEventRules.time(at);
            RunEventRules.experiment(experiment);
            RunEventRules.name("run name", name, RunEventRules.MAX_RUN_NAME);
        }
    }

    /**
     * A parameter was set, once and for all.
     *
     * @param value at most 6000 characters
     */
    record Param(String runId, Instant at, String key, String value) implements RunEvent {
        public Param {
            RunEventRules.runId(runId);
            at = RunEventRules.time(at);
            RunEventRules.key("parameter", key);
            RunEventRules.value("parameter", key, value);
        }
    }

    /** A metric got a value. */
    record Metric(String runId, String key, MetricPoint point) implements RunEvent {
        public Metric {
            RunEventRules.runId(runId);
            RunEventRules.key("metric", key);
            requireNonNull(point, "point");
        }

        @Override
        public Instant at() {
            return point.at();
        }
    }

    /**
     * A metric got several values, in the order of their recording. Nobody records this: it is what single points become
     * when a journal is compacted.
     *
     * @param points 1 to 1000 points
     */
    record Points(String runId, String key, List<MetricPoint> points) implements RunEvent {

        /** Most points of one event. */
        public static final int MAX_POINTS = 1_000;

        public Points {
            RunEventRules.runId(runId);
            RunEventRules.key("metric", key);
            points = List.copyOf(points);
            if (points.isEmpty() || points.size() > MAX_POINTS) {
                throw new IllegalArgumentException(
                        "there must be 1 to " + MAX_POINTS + " points in one event, were " + points.size());
            }
        }

        /** When the first one was measured. */
        @Override
        public Instant at() {
            return points.get(0).at();
        }

        /** The same as single events. */
        public List<Metric> metrics() {
            return points.stream().map(point -> new Metric(runId, key, point)).toList();
        }
    }

    /**
     * A tag was set or replaced.
     *
     * @param value at most 8000 characters
     */
    record Tag(String runId, Instant at, String key, String value) implements RunEvent {
        public Tag {
            RunEventRules.runId(runId);
            at = RunEventRules.time(at);
            RunEventRules.key("tag", key);
            RunEventRules.value("tag", key, value);
        }
    }

    /**
     * A file was put into the store of this run; see {@link ArtifactFolder}.
     *
     * @param path its path inside the run, relative, with {@code /} between segments
     * @param bytes its length, at least 0
     */
    record Artifact(String runId, Instant at, String path, long bytes) implements RunEvent {
        public Artifact {
            RunEventRules.runId(runId);
            at = RunEventRules.time(at);
            RunEventRules.artifactPath(path);
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes must be at least 0, was " + bytes);
            }
        }
    }

    /** A run ended. */
    record Ended(String runId, Instant at, RunOutcome outcome) implements RunEvent {
        public Ended {
            RunEventRules.runId(runId);
            at = RunEventRules.time(at);
            requireNonNull(outcome, "outcome");
        }
    }

    /**
     * A run that had ended or whose process is gone goes on. Its start is in this journal or in another one.
     *
     * @param experiment the one it was started in, 1 to 256 characters
     */
    record Resumed(String runId, Instant at, String experiment) implements RunEvent {
        public Resumed {
            RunEventRules.runId(runId);
            at = RunEventRules.time(at);
            RunEventRules.experiment(experiment);
        }
    }

    /**
     * The run is part of another one.
     *
     * @param parentRunId the other one, which was started before
     */
    record Nested(String runId, Instant at, String parentRunId) implements RunEvent {
        public Nested {
            RunEventRules.runId(runId);
            at = RunEventRules.time(at);
            RunEventRules.id("parent run id", parentRunId);
        }
    }

    /** The run used a dataset; the same one again changes nothing. */
    record Dataset(String runId, Instant at, DatasetInput dataset) implements RunEvent {
        public Dataset {
            RunEventRules.runId(runId);
            at = RunEventRules.time(at);
            requireNonNull(dataset, "dataset");
        }
    }
}
