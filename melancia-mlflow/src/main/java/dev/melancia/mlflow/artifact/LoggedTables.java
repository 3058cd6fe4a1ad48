package dev.melancia.mlflow.artifact;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The tag of a run that lists its tables, which is how MLflow's pages know a table from any other JSON file.
 * {@link Artifacts#putTable} keeps it by itself. Entries that others wrote stay as they are. Immutable.
 *
 * @since 0.1.0
 */
public final class LoggedTables {

    /** Key of the tag. */
    public static final String TAG = "mlflow.loggedArtifacts";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final LoggedTables NONE = new LoggedTables(JsonNodeFactory.instance.arrayNode());

    private final ArrayNode entries;

    private LoggedTables(ArrayNode entries) {
        this.entries = entries;
    }

    /** No tables. */
    public static LoggedTables none() {
        return NONE;
    }

    /** What the value of the tag lists; empty when it is no JSON list. */
    public static Optional<LoggedTables> of(String json) {
        try {
            return MAPPER.readTree(json) instanceof ArrayNode list
                    ? Optional.of(new LoggedTables(list))
                    : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** Whether there is an entry for this path. */
    public boolean has(String path) {
        return StreamSupport.stream(entries.spliterator(), false)
                .anyMatch(entry -> entry.path("path").asText().equals(path));
    }

    /** These and the table of this path, unless it is one of them. */
    public LoggedTables plus(String path) {
        if (has(path)) {
            return this;
        }
        ArrayNode more = entries.deepCopy();
        more.addObject().put("path", path).put("type", "table");
        return new LoggedTables(more);
    }

    /** The value of the tag, which takes at most 8000 characters. */
    public String json() {
        return entries.toString();
    }

    @Override
    public String toString() {
        return "LoggedTables[" + entries.size() + "]";
    }
}
