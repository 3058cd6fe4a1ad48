package dev.melancia.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.util.Map;
import java.util.Optional;

/** MLflow's variables as a tracker understands them. */
final class TrackerEnvironment {

    /** The run to resume, by our id. */
    static final String RUN = "MLFLOW_RUN_ID";

    private static final String NAME = "MLFLOW_EXPERIMENT_NAME";
    private static final String ID = "MLFLOW_EXPERIMENT_ID";

    private final Map<String, String> variables;

    TrackerEnvironment(Map<String, String> variables) {
        this.variables = variables;
    }

    void configure(ExperimentTrackerBuilder builder) {
        Optional<MlflowSettings> server = MlflowSettings.fromEnvironment(variables);
        value(NAME).or(() -> value(ID).map(id -> nameOf(id, server))).ifPresent(builder::experiment);
        value(RUN).ifPresent(builder::resuming);
        server.ifPresent(builder::mlflow);
    }

    private Optional<String> value(String name) {
        return Optional.of(variables.getOrDefault(name, "").strip()).filter(value -> !value.isEmpty());
    }

    /** Only the server knows: what is recorded goes by the name, so that it can be recorded without a server. */
    private static String nameOf(String id, Optional<MlflowSettings> server) {
        MlflowSettings settings = server.orElseThrow(() -> new IllegalArgumentException(
                ID + " needs MLFLOW_TRACKING_URI, since only the server knows its name; set " + NAME + " instead"));
        try (MlflowApi api = MlflowApi.connect(settings)) {
            String what = "experiments/get";
            JsonNode answer = api.get("/api/2.0/mlflow/" + what + "?experiment_id=" + MlflowApi.encode(id));
            return MlflowApi.required(what, answer.path("experiment"), "name");
        }
    }
}
