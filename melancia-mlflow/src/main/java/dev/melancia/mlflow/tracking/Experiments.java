package dev.melancia.mlflow.tracking;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.Optional;

/**
 * The experiments of a server. Immutable, as thread-safe as its connection.
 *
 * @since 0.1.0
 */
public final class Experiments {

    private static final String EXPERIMENTS = "/api/2.0/mlflow/experiments/";
    private static final String NOT_THERE = "RESOURCE_DOES_NOT_EXIST";
    private static final String ALREADY_THERE = "RESOURCE_ALREADY_EXISTS";

    private final MlflowApi api;

    private Experiments(MlflowApi api) {
        this.api = requireNonNull(api, "api");
    }

    /** The experiments of the server behind this connection, which stays the caller's to close. */
    public static Experiments on(MlflowApi api) {
        return new Experiments(api);
    }

    /**
     * Id of the experiment with this name, which is created when it is not there.
     *
     * @throws MlflowException also when the experiment is deleted
     */
    public String idOf(String name) {
        Optional<String> found = find(name);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            JsonNode created = api.post(EXPERIMENTS + "create", api.body().put("name", name));
            return MlflowApi.required("experiments/create", created, "experiment_id");
        } catch (MlflowException failure) {
            if (!failure.errorCode().equals(ALREADY_THERE)) {
                throw failure;
            }
            return find(name).orElseThrow(() -> failure); // Somebody else was faster.
        }
    }

    private Optional<String> find(String name) {
        String what = "experiments/get-by-name";
        try {
            JsonNode experiment = api.get(EXPERIMENTS + "get-by-name?experiment_name=" + MlflowApi.encode(name))
                    .path("experiment");
            if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
                throw MlflowException.refused(
                        what, "the experiment is deleted: restore it on the server or choose another name");
            }
            return Optional.of(MlflowApi.required(what, experiment, "experiment_id"));
        } catch (MlflowException failure) {
            if (failure.errorCode().equals(NOT_THERE)) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
