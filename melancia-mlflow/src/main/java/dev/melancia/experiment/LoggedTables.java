package dev.melancia.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a run as MLflow's tag {@code mlflow.loggedArtifacts} lists them, which is how its pages know a table from
 * any other JSON file. Immutable.
 */
record LoggedTables(List<String> paths) {

    static final String TAG = "mlflow.loggedArtifacts";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    LoggedTables {
        paths = List.copyOf(paths);
    }

    /** From the value of the tag; what cannot be understood counts as no tables. */
    static LoggedTables of(String json) {
        List<String> paths = new ArrayList<>();
        try {
            MAPPER.readTree(json).forEach(entry -> paths.add(entry.path("path").asText()));
        } catch (JsonProcessingException notOurs) {
            paths.clear();
        }
        return new LoggedTables(paths);
    }

    LoggedTables plus(String path) {
        if (paths.contains(path)) {
            return this;
        }
        List<String> more = new ArrayList<>(paths);
        more.add(path);
        return new LoggedTables(more);
    }

    String json() {
        ArrayNode list = MAPPER.createArrayNode();
        paths.forEach(path -> list.addObject().put("path", path).put("type", "table"));
        return list.toString();
    }

    /** Any value Jackson can write. */
    static byte[] bytes(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        } catch (JsonProcessingException failure) {
            // Without the cause: its message may repeat what was to be written.
            throw new IllegalArgumentException("a value of " + value.getClass().getName()
                    + " cannot be written as JSON; give maps, lists, texts, numbers and records of these");
        }
    }
}
