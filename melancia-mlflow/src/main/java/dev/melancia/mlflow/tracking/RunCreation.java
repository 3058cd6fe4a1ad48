package dev.melancia.mlflow.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates each run once. The server knows no idempotent creation: when its answer is lost, the run may be there or not. So
 * each run has a key in a tag, and after an unknown outcome the run of that key is looked for before another is created.
 * Should the first creation have been slower than the search, both are there then: the older one is kept, and the other
 * deleted while it is empty. What remains: a twin into which somebody with the same key recorded already, a twin that comes
 * into being after the last look, and an empty one that somebody with the same key has open, who is told at the next record.
 */
final class RunCreation {

    /** The tag that journals deliver their run ids in too, so that both ways find each other's runs. */
    private static final String KEY = RunJson.RUN_ID_TAG;

    private static final String RUNS = "/api/2.0/mlflow/runs/";
    private static final int MOST_TRIES = 3;

    private final MlflowApi api;
    private final Refusals refusals;
    private final InstantSource clock;

    RunCreation(MlflowApi api, Refusals refusals, InstantSource clock) {
        this.api = api;
        this.refusals = refusals;
        this.clock = clock;
    }

    ServerRun create(NewRun run) {
        Optional<ServerRun> before =
                run.key().flatMap(key -> active(find(run, key)).stream().findFirst());
        if (before.isPresent()) {
            return before.get();
        }
        String key = run.key().orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
        ObjectNode request = request(run, key);
        for (int tries = 1; ; tries++) {
            try {
                ServerRun created = created(run, request);
                return tries == 1 ? created : oldest(run, key).orElse(created);
            } catch (MlflowException unknown) {
                if (unknown.kind() != MlflowException.Kind.LATER && !unknown.outcomeUnknown()) {
                    throw unknown;
                }
                Optional<ServerRun> found = oldest(run, key);
                if (found.isPresent()) {
                    return found.get();
                }
                if (tries == MOST_TRIES) {
                    throw unknown;
                }
            }
        }
    }

    private ObjectNode request(NewRun run, String key) {
        ObjectNode request = api.body().put("experiment_id", run.experimentId());
        run.name().ifPresent(name -> request.put("run_name", name));
        request.put("start_time", run.startedAt().orElseGet(clock::instant).toEpochMilli());
        Optional.ofNullable(run.tags().get("mlflow.user")).ifPresent(user -> request.put("user_id", user));
        Answers.write(run.tags(), request.putArray("tags"));
        request.withArray("tags").addObject().put("key", KEY).put("value", key);
        return request;
    }

    private ServerRun created(NewRun run, ObjectNode request) {
        JsonNode answer = refusals.ofExperiment(run.experimentId(), () -> api.postOnce(RUNS + "create", request));
        return new ServerRun("runs/create", answer.path("run"));
    }

    private Optional<ServerRun> oldest(NewRun run, String key) {
        List<ServerRun> found = active(find(run, key));
        found.stream()
                .skip(1)
                .filter(second -> isEmpty(second, run))
                .forEach(second -> api.post(RUNS + "delete", api.body().put("run_id", second.id())));
        return found.stream().findFirst();
    }

    /** Whether it has nothing but what it was created with, so that nobody records into it yet. */
    private static boolean isEmpty(ServerRun twin, NewRun run) {
        return twin.metrics().isEmpty()
                && twin.params().isEmpty()
                && twin.datasets().isEmpty()
                && twin.endedAt().isEmpty()
                && twin.tags().keySet().stream()
                        .allMatch(key -> key.startsWith("mlflow.")
                                || key.equals(KEY)
                                || run.tags().containsKey(key));
    }

    /** What somebody deleted must not be made anew in silence. */
    private static List<ServerRun> active(List<ServerRun> found) {
        List<ServerRun> active = found.stream().filter(one -> !one.deleted()).toList();
        if (active.isEmpty() && !found.isEmpty()) {
            ServerRun gone = found.get(0);
            throw MlflowException.refused("runs/create", "the run is deleted")
                    .explained(
                            "run \"" + gone.name() + "\" (" + gone.id() + ") was created with this key and must not be"
                                    + " deleted to be used, is deleted; restore it or use another key");
        }
        return active;
    }

    private List<ServerRun> find(NewRun run, String key) {
        ObjectNode search = api.body()
                .put("max_results", 10)
                .put("run_view_type", Lifecycle.ALL.view())
                .put("filter", "tags.`" + KEY + "` = '" + key + "'");
        search.putArray("experiment_ids").add(run.experimentId());
        search.putArray("order_by").add("attributes.start_time ASC").add("attributes.run_id ASC");
        return Answers.pages(ServerRun.LISTED, 10, token -> api.post(RUNS + "search", search));
    }
}
