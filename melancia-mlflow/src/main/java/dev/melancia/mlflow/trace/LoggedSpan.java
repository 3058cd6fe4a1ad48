package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A span as a server keeps it. Immutable; its {@code toString()} shows no content.
 *
 * @param id 16 hexadecimal digits
 * @param parentId empty for a root
 * @param name what people see
 * @param failed whether it ended in an error
 * @param attributes values as text, those with parts as JSON text; {@code mlflow.spanType} among them
 * @since 0.1.0
 */
public record LoggedSpan(
        String id, Optional<String> parentId, String name, boolean failed, Map<String, String> attributes) {

    public LoggedSpan {
        requireNonNull(id, "id");
        requireNonNull(parentId, "parentId");
        requireNonNull(name, "name");
        attributes = Map.copyOf(attributes);
    }

    @Override
    public String toString() {
        return "LoggedSpan[" + id + ", " + name + (failed ? ", failed]" : "]");
    }
}
