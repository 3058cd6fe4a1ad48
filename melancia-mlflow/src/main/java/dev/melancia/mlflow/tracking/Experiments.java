package dev.melancia.mlflow.tracking;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The experiments of a server. Every method waits for the answer and throws {@link MlflowException} when the server fails
 * or refuses. Immutable, as thread-safe as its connection.
 *
 * @since 0.1.0
 */
public final class Experiments {

    private static final String EXPERIMENTS = "/api/2.0/mlflow/experiments/";
    private static final String NOBODY = "0".repeat(32);
    private static final int PAGE = 1000;
    private static final Answers.Listed<Experiment> LISTED = new Answers.Listed<>(
            "experiments", experiment -> new Experiment("experiments/search", experiment), Experiment::id);

    private final MlflowApi api;
    private final Refusals refusals;

    private Experiments(MlflowApi api) {
        this.api = requireNonNull(api, "api");
        this.refusals = new Refusals(api);
    }

    /** The experiments of the server behind this connection, which stays the caller's to close. */
    public static Experiments on(MlflowApi api) {
        return new Experiments(api);
    }

    /**
     * Id of the experiment with this name, which is created when it is not there.
     *
     * @param name 1 to 500 characters
     * @throws MlflowException also when the experiment is deleted
     * @throws IllegalArgumentException for another name
     */
    public String idOf(String name) {
        Optional<Experiment> found = find(checked(name));
        if (found.isPresent()) {
            return active(found.get()).id();
        }
        try {
            return created(name, Map.of());
        } catch (MlflowException failure) {
            if (!failure.isAlreadyThere()) {
                throw failure;
            }
            return active(find(name).orElseThrow(() -> failure)).id(); // Somebody else was faster.
        }
    }

    /** The experiment with this name, deleted or not. */
    public Optional<Experiment> find(String name) {
        String path = EXPERIMENTS + "get-by-name?experiment_name=" + MlflowApi.encode(name);
        return Answers.present(() -> read("experiments/get-by-name", api.get(path)));
    }

    /**
     * The experiment with this id, deleted or not.
     *
     * @throws MlflowException also when there is none
     */
    public Experiment read(String id) {
        return refusals.experiment(id)
                .orElseThrow(() ->
                        MlflowException.refused("experiments/get", "not there").explained(Refusals.missing(id)));
    }

    /** Creates an experiment without tags; see {@link #create(String, Map)}. */
    public Experiment create(String name) {
        return create(name, Map.of());
    }

    /**
     * Creates an experiment. Two that create the same name at the same moment may both be told that it is theirs.
     *
     * @param name 1 to 500 characters
     * @param tags of 1 to 250 and at most 8000 characters
     * @throws MlflowException also when the name is taken, as it is by a deleted experiment
     * @throws IllegalArgumentException for names and tags of another form
     */
    public Experiment create(String name, Map<String, String> tags) {
        tags.forEach(Experiments::check);
        find(checked(name)).ifPresent(taken -> {
            throw taken(name, taken.deleted(), MlflowException.refused("experiments/create", "name is taken"));
        });
        try {
            return read(created(name, tags));
        } catch (MlflowException failure) {
            if (!failure.isAlreadyThere()) {
                throw failure;
            }
            return find(name).orElseThrow(() -> failure); // A first try of ours whose answer was lost.
        }
    }

    /** Experiments that are not deleted, the newest first. */
    public List<Experiment> list() {
        return search("", Lifecycle.ACTIVE);
    }

    /**
     * Experiments that match, the newest first; all pages.
     *
     * @param filter in MLflow's language, such as {@code name LIKE 'routing%'} or {@code tags.team = 'ml'}; empty for all
     */
    public List<Experiment> search(String filter, Lifecycle lifecycle) {
        ObjectNode body =
                api.body().put("max_results", PAGE).put("filter", filter).put("view_type", lifecycle.view());
        body.putArray("order_by").add("creation_time DESC");
        return Answers.pages(
                LISTED,
                Integer.MAX_VALUE,
                token -> Refusals.search(filter, () -> Answers.pageOf(api, EXPERIMENTS + "search", body, token)));
    }

    /**
     * Renames an experiment.
     *
     * @throws MlflowException also when the name is taken, and when the experiment is deleted
     */
    public void rename(String id, String name) {
        active(read(id)); // The server calls a deleted one an error of its own, which would be tried again.
        try {
            api.post(EXPERIMENTS + "update", body(id).put("new_name", checked(name)));
        } catch (MlflowException failure) {
            throw failure.kind() == MlflowException.Kind.CONFLICT ? taken(name, false, failure) : failure;
        }
    }

    /** Sets or replaces a tag of at most 8000 characters. */
    public void tag(String id, String key, String value) {
        check(key, value);
        refusals.ofExperiment(
                id,
                () -> api.post(
                        EXPERIMENTS + "set-experiment-tag",
                        body(id).put("key", key).put("value", value)));
    }

    /** Deletes a tag; nothing when there is none. */
    public void deleteTag(String id, String key) {
        if (read(id).tags().containsKey(key)) {
            refusals.ofExperiment(
                    id,
                    () -> Answers.present(
                            () -> api.post(EXPERIMENTS + "delete-experiment-tag", body(id).put("key", key))));
        }
    }

    /**
     * Deletes an experiment with its runs; nothing when it is deleted. They stay on the server until its owner removes
     * them, and the name stays taken.
     */
    public void delete(String id) {
        if (!read(id).deleted()) {
            change(id, "delete", true);
        }
    }

    /** Brings a deleted experiment back, with its runs; nothing when it is not deleted. */
    public void restore(String id) {
        if (read(id).deleted()) {
            change(id, "restore", false);
        }
    }

    /** A second try whose first one was carried out is answered as if there were no such experiment. */
    private void change(String id, String what, boolean deleted) {
        try {
            api.post(EXPERIMENTS + what, body(id));
        } catch (MlflowException failure) {
            if (!failure.isNotFound() || read(id).deleted() != deleted) {
                throw failure;
            }
        }
    }

    private String created(String name, Map<String, String> tags) {
        ObjectNode body = api.body().put("name", name);
        Answers.write(tags, body.putArray("tags"));
        return MlflowApi.required("experiments/create", api.post(EXPERIMENTS + "create", body), "experiment_id");
    }

    private ObjectNode body(String id) {
        return api.body().put("experiment_id", id);
    }

    private static Experiment read(String what, JsonNode answer) {
        return new Experiment(what, answer.path("experiment"));
    }

    private static Experiment active(Experiment experiment) {
        if (experiment.deleted()) {
            throw MlflowException.refused("experiments/get-by-name", "the experiment is deleted")
                    .explained("experiment \"" + experiment.name() + "\" must not be deleted to be used, is deleted;"
                            + " restore it (id " + experiment.id() + ") or choose another name");
        }
        return experiment;
    }

    private static MlflowException taken(String name, boolean deleted, MlflowException failure) {
        return failure.explained("the name of an experiment must be new, \"" + name + "\" is taken"
                + (deleted ? " by a deleted one; restore that" : "; use idOf for the one that is there")
                + " or choose another name");
    }

    /** The rules for names and tags stand with the events of runs. */
    private static String checked(String name) {
        return new RunEvent.Resumed(NOBODY, Instant.EPOCH, name).experiment();
    }

    private static void check(String key, String value) {
        new RunEvent.Tag(NOBODY, Instant.EPOCH, key, value);
    }
}
