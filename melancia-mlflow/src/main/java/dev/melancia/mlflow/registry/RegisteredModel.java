package dev.melancia.mlflow.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.rest.MlflowApi;
import java.time.Instant;
import java.util.Map;

/**
 * A registered model as the server told it. Immutable.
 *
 * @since 0.1.0
 */
public final class RegisteredModel {

    private final String name;
    private final String description;
    private final Map<String, String> tags;
    private final Map<String, Integer> aliases;
    private final Instant createdAt;
    private final Instant changedAt;

    RegisteredModel(JsonNode json) {
        this.name = MlflowApi.required("registered-models", json, "name");
        this.description = json.path("description").asText("");
        this.tags = RegistryJson.tags(json);
        this.aliases = RegistryJson.aliases(json);
        this.createdAt = RegistryJson.time(json, "creation_timestamp");
        this.changedAt = RegistryJson.time(json, "last_updated_timestamp");
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What it is, in words; may be empty. */
    public String description() {
        return description;
    }

    /** Its tags, in no particular order. */
    public Map<String, String> tags() {
        return tags;
    }

    /** The version each alias stands for, in no particular order. */
    public Map<String, Integer> aliases() {
        return aliases;
    }

    /** When it was created, by the server's clock, to the millisecond. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When it or one of its versions was changed last, by the server's clock, to the millisecond. */
    public Instant changedAt() {
        return changedAt;
    }

    @Override
    public String toString() {
        return "RegisteredModel[" + name + "]";
    }
}
