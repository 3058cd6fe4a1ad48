package dev.melancia.mlflow.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables as MLflow has them: a JSON file, and an entry in {@link LoggedTables}. */
final class RunTables {

    /** A longer tag is cut by the server in silence, and would no longer be JSON. */
    private static final int LONGEST_TAG = 8000;

    private static final String TAG = LoggedTables.TAG;
    private static final String RUNS = "/api/2.0/mlflow/runs/";

    private final MlflowApi api;
    private final String runId;

    RunTables(MlflowApi api, String runId) {
        this.api = api;
        this.runId = runId;
    }

    static ArtifactTable read(String path, JsonNode table) {
        if (!table.path("columns").isArray() || !table.path("data").isArray()) {
            throw MlflowException.refused("artifact", "not a table")
                    .explained("artifact \"" + path + "\" must be a JSON object with \"columns\" and \"data\" to be"
                            + " read as a table; read it with json or text");
        }
        List<String> columns = new ArrayList<>();
        table.path("columns").forEach(column -> columns.add(column.asText()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (JsonNode row : table.path("data")) {
            List<@Nullable Object> values = new ArrayList<>();
            row.forEach(value -> values.add(value(value)));
            rows.add(values);
        }
        return new ArtifactTable(columns, rows);
    }

    /** What is itself an object or a list, as pandas may write it, becomes JSON text. */
    private static @Nullable Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isNumber()) {
            return value.numberValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    /** Adds the path to the tag, unless it is there. */
    void announce(String path) {
        LoggedTables tables = announced();
        if (tables.has(path)) {
            return;
        }
        String text = tables.plus(path).json();
        if (text.length() > LONGEST_TAG) {
            throw MlflowException.refused("runs/set-tag", "too many tables")
                    .explained("table \"" + path + "\" of run " + runId
                            + " was stored but cannot be announced: the tag "
                            + TAG + " must have at most " + LONGEST_TAG + " characters, would have " + text.length()
                            + "; use fewer tables or shorter paths in a run");
        }
        api.post(
                RUNS + "set-tag",
                api.body().put("run_id", runId).put("key", TAG).put("value", text));
    }

    private LoggedTables announced() {
        JsonNode run = api.get(RUNS + "get?run_id=" + MlflowApi.encode(runId)).path("run");
        for (JsonNode tag : run.path("data").path("tags")) {
            if (tag.path("key").asText().equals(TAG)) {
                return read(tag.path("value").asText());
            }
        }
        return LoggedTables.none();
    }

    private LoggedTables read(String text) {
        return LoggedTables.of(text)
                .orElseThrow(() -> MlflowException.refused("runs/get", "tag is no JSON list")
                        .explained("the tag " + TAG + " of run " + runId + " must be a JSON list, had " + text.length()
                                + " other characters; delete the tag and store the tables again"));
    }
}
