package dev.melancia.mlflow.tracking;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.artifact.ArtifactRepository;
import dev.melancia.mlflow.artifact.Artifacts;
import dev.melancia.mlflow.event.DatasetInput;
import dev.melancia.mlflow.event.MetricPoint;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The runs of a server. Every method waits for the answer: what went wrong is known at once. To record while code runs,
 * {@link #start} is most convenient.
 *
 * <p>Methods throw IllegalArgumentException, before anything is sent, for what MLflow would refuse or cut in silence, and
 * {@link MlflowException} when the server fails or refuses; its message says what is wrong with the run or experiment.
 * What failed for now was tried again, and may be repeated. Immutable, as thread-safe as its connection.
 *
 * @since 0.1.0
 */
public final class Runs {

    /** Tag with the class of the error that a run failed with. */
    static final String ERROR = "melancia.error";

    private static final String RUNS = "/api/2.0/mlflow/runs/";
    private static final int PAGE = 1000;
    private static final int POINTS_PER_PAGE = 5000;

    /** The server keeps two equal points as one, so that a point is its own id. */
    private static final Answers.Listed<MetricPoint> POINTS =
            new Answers.Listed<>("metrics", ServerRun::point, Function.identity());

    private final MlflowApi api;
    private final InstantSource clock;
    private final Map<String, ArtifactRepository> repositories;
    private final Refusals refusals;

    private Runs(MlflowApi api, InstantSource clock, Map<String, ArtifactRepository> repositories) {
        this.api = requireNonNull(api, "api");
        this.clock = requireNonNull(clock, "clock");
        this.repositories = Map.copyOf(repositories);
        this.refusals = new Refusals(api);
    }

    /** The runs of the server behind this connection, which stays the caller's to close. */
    public static Runs on(MlflowApi api) {
        return on(api, InstantSource.system(), Map.of());
    }

    /**
     * The same with a clock and stores of artifacts of one's own.
     *
     * @param clock for starts, ends and points without a time
     * @param repositories see {@link Artifacts#of(MlflowApi, String, Map)}
     */
    public static Runs on(MlflowApi api, InstantSource clock, Map<String, ArtifactRepository> repositories) {
        return new Runs(api, clock, repositories);
    }

    /** Creates a run and opens it for recording; close it, best in try-with-resources. */
    public ActiveRun start(NewRun run) {
        ServerRun created = create(run);
        if (created.status() != ServerRun.Status.RUNNING) {
            reopen(created.id());
        }
        return new ActiveRun(this, created, run.source());
    }

    /** Creates a run, once: also when the server's answer is lost on the way. */
    public ServerRun create(NewRun run) {
        return new RunCreation(api, refusals, clock).create(run);
    }

    /** Opens a run that has ended, or whose process is gone, for more. Metrics go on at the step after their latest. */
    public ActiveRun resume(String runId) {
        ServerRun run = read(runId);
        reopen(runId);
        return new ActiveRun(this, run, Optional.empty());
    }

    private void reopen(String runId) {
        update(runId, api.body().put("status", ServerRun.Status.RUNNING.name()));
    }

    /** The run with this id, deleted or not. */
    public Optional<ServerRun> find(String runId) {
        return refusals.run(checked(runId));
    }

    /**
     * The run with this id, deleted or not.
     *
     * @throws MlflowException also when there is none
     */
    public ServerRun read(String runId) {
        return find(runId)
                .orElseThrow(
                        () -> MlflowException.refused("runs/get", "not there").explained(Refusals.missingRun(runId)));
    }

    /** Runs that match; all pages up to the limit of the search. */
    public List<ServerRun> search(RunSearch search) {
        ObjectNode body = api.body()
                .put("max_results", Math.min(search.limit(), PAGE))
                .put("filter", search.filter())
                .put("run_view_type", search.lifecycle().view());
        search.experimentIds().forEach(body.putArray("experiment_ids")::add);
        search.order().forEach(body.putArray("order_by")::add);
        return Answers.pages(
                ServerRun.LISTED,
                search.limit(),
                token -> Refusals.search(search.filter(), () -> Answers.pageOf(api, RUNS + "search", body, token)));
    }

    /** Sets a parameter, once and for all; see {@link #log}. */
    public void param(String runId, String key, Object value) {
        log(runId, RunBatch.builder().param(key, value).build());
    }

    /** Adds a point to a metric; see {@link #log}. */
    public void metric(String runId, String key, MetricPoint point) {
        log(runId, RunBatch.builder().metric(key, point).build());
    }

    /** Sets or replaces a tag; see {@link #log}. */
    public void tag(String runId, String key, String value) {
        log(runId, RunBatch.builder().tag(key, value).build());
    }

    /**
     * Records a batch, in as many requests as the limits of the server ask for. When one fails those before are stored;
     * the whole batch may be repeated.
     *
     * @throws IllegalArgumentException when a parameter already has another value; the message tells both
     */
    public void log(String runId, RunBatch batch) {
        List<ObjectNode> requests = batch.requests(() -> api.body().put("run_id", checked(runId)));
        for (ObjectNode request : requests) {
            try {
                changed(runId, () -> api.post(RUNS + "log-batch", request));
            } catch (MlflowException failure) {
                throw ParamConflict.isCauseOf(failure)
                        ? ParamConflict.told(failure, read(runId), batch.params())
                        : failure;
            }
        }
    }

    /**
     * All points of a metric, by time; all pages.
     *
     * @return empty when the run has no such metric
     */
    public List<MetricPoint> history(String runId, String key) {
        String path = "/api/2.0/mlflow/metrics/get-history?run_id=" + MlflowApi.encode(checked(runId)) + "&metric_key="
                + MlflowApi.encode(key) + "&max_results=" + POINTS_PER_PAGE;
        List<MetricPoint> points = Answers.pages(
                POINTS,
                Integer.MAX_VALUE,
                token -> api.get(token.isEmpty() ? path : path + "&page_token=" + MlflowApi.encode(token)));
        if (points.isEmpty()) {
            read(runId); // The server calls an unknown run a run without points.
        }
        return points;
    }

    /** Tells which datasets the run used; the same ones again change nothing. */
    public void datasets(String runId, List<DatasetInput> datasets) {
        ObjectNode body = api.body().put("run_id", checked(runId));
        datasets.forEach(dataset -> RunJson.addDataset(body, dataset));
        changed(runId, () -> api.post(RUNS + "log-inputs", body));
    }

    /** Deletes a tag; nothing when there is none. */
    public void deleteTag(String runId, String key) {
        if (read(runId).tags().containsKey(key)) {
            changed(
                    runId,
                    () -> Answers.present(() -> api.post(
                            RUNS + "delete-tag", api.body().put("run_id", runId).put("key", key))));
        }
    }

    /** Gives the run another name, of 1 to 500 characters. */
    public void rename(String runId, String name) {
        update(runId, api.body().put("run_name", new RunEvent.Started(runId, Instant.EPOCH, "any", name).name()));
    }

    /** Ends the run now. */
    public void end(String runId, RunOutcome outcome) {
        end(runId, outcome, clock.instant());
    }

    /** Ends the run at this time, not before 1970. */
    public void end(String runId, RunOutcome outcome, Instant at) {
        RunEvent.Ended ended = new RunEvent.Ended(runId, at, outcome);
        update(
                runId,
                api.body()
                        .put("status", outcome.name())
                        .put("end_time", ended.at().toEpochMilli()));
    }

    /**
     * Ends the run now, as failed.
     *
     * @param reason becomes the tag {@code melancia.error}, of at most 8000 characters; everybody who may see the run reads
     *     it
     */
    public void fail(String runId, String reason) {
        tag(runId, ERROR, reason);
        end(runId, RunOutcome.FAILED);
    }

    /** Deletes the run; it stays on the server until its owner removes it. */
    public void delete(String runId) {
        about(runId, "delete");
    }

    /** Brings a deleted run back. */
    public void restore(String runId) {
        about(runId, "restore");
    }

    /** The files of a run. */
    public Artifacts artifacts(String runId) {
        return Artifacts.of(api, checked(runId), repositories);
    }

    Artifacts artifacts(ServerRun run) {
        return Artifacts.at(api, run.id(), run.artifactUri(), repositories);
    }

    Instant now() {
        return clock.instant();
    }

    private void about(String runId, String what) {
        ObjectNode body = api.body().put("run_id", checked(runId));
        changed(runId, () -> api.post(RUNS + what, body));
    }

    private void update(String runId, ObjectNode body) {
        body.put("run_id", checked(runId));
        changed(runId, () -> api.post(RUNS + "update", body));
    }

    /** With one more try when two identical requests met in the server's database. */
    private void changed(String runId, Supplier<?> request) {
        refusals.ofRun(runId, () -> {
            try {
                return request.get();
            } catch (MlflowException failure) {
                if (failure.kind() != MlflowException.Kind.CONFLICT) {
                    throw failure;
                }
                return request.get();
            }
        });
    }

    private static String checked(String runId) {
        return new RunEvent.Ended(runId, Instant.EPOCH, RunOutcome.FINISHED).runId();
    }
}
