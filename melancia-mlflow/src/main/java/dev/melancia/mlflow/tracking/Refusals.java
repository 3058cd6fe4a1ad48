package dev.melancia.mlflow.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.Optional;
import java.util.function.Supplier;

/** Says what is wrong when the server refuses: it looks how the thing stands, as the server's own words may hold content. */
final class Refusals {

    private final MlflowApi api;

    Refusals(MlflowApi api) {
        this.api = api;
    }

    Optional<Experiment> experiment(String id) {
        String path = "/api/2.0/mlflow/experiments/get?experiment_id=" + MlflowApi.encode(id);
        return Answers.present(
                () -> new Experiment("experiments/get", api.get(path).path("experiment")));
    }

    Optional<ServerRun> run(String id) {
        String path = "/api/2.0/mlflow/runs/get?run_id=" + MlflowApi.encode(id);
        return Answers.present(() -> new ServerRun("runs/get", api.get(path).path("run")));
    }

    /** A request about an experiment. */
    <T> T ofExperiment(String id, Supplier<T> request) {
        return explained(
                request,
                () -> experiment(id)
                        .map(there -> there.deleted() ? deleted(there) : "")
                        .orElseGet(() -> missing(id)));
    }

    static String missing(String experimentId) {
        return "experiment " + experimentId
                + " must be on the server to be used, is not; idOf(name) finds or creates one";
    }

    private static String deleted(Experiment experiment) {
        return "experiment \"" + experiment.name() + "\" (" + experiment.id() + ") must not be deleted to be used, is"
                + " deleted; restore it or use another one";
    }

    /** A request about a run. */
    <T> T ofRun(String id, Supplier<T> request) {
        return explained(request, () -> run(id).map(this::state).orElseGet(() -> missingRun(id)));
    }

    static String missingRun(String id) {
        return "run " + id + " must be on the server for this, is not; use the id that the server gave it";
    }

    /** What keeps a run from being recorded; empty when nothing does. */
    String state(ServerRun run) {
        if (!run.deleted()) {
            return "";
        }
        Optional<Experiment> owner = experiment(run.experimentId());
        String which = "run \"" + run.name() + "\" (" + run.id() + ") must not be deleted to be changed, is deleted";
        return owner.filter(Experiment::deleted)
                .map(experiment -> which + " with its experiment \"" + experiment.name()
                        + "\"; restore the experiment (" + experiment.id() + ") first")
                .orElse(which + "; restore it first");
    }

    private static <T> T explained(Supplier<T> request, Supplier<String> reason) {
        try {
            return request.get();
        } catch (MlflowException failure) {
            if (failure.kind() != MlflowException.Kind.REJECTED) {
                throw failure;
            }
            throw told(failure, reason);
        }
    }

    private static MlflowException told(MlflowException failure, Supplier<String> reason) {
        try {
            String why = reason.get();
            return why.isEmpty() ? failure : failure.explained(why);
        } catch (MlflowException unreachable) {
            failure.addSuppressed(unreachable);
            return failure;
        }
    }

    /** A request with a filter, which the server quotes when it cannot read it. */
    static JsonNode search(String filter, Supplier<JsonNode> request) {
        try {
            return request.get();
        } catch (MlflowException failure) {
            if (failure.kind() != MlflowException.Kind.REJECTED) {
                throw failure;
            }
            throw failure.explained("the filter must be in MLflow's language, such as \"metrics.loss < 1 and"
                    + " tags.team = 'ml'\", was \"" + filter + "\"; the server says: " + failure.serverMessage());
        }
    }
}
