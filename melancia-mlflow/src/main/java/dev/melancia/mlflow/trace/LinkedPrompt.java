package dev.melancia.mlflow.trace;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The form in which MLflow links a trace to a version of a prompt. Stateless. */
final class LinkedPrompt {

    private LinkedPrompt() {}

    static String json(String name, int version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("version", Integer.toString(version))
                .toString();
    }
}
