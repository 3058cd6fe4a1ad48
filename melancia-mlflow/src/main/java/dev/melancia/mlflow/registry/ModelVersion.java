package dev.melancia.mlflow.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.rest.MlflowApi;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version of a registered model as the server told it. Immutable.
 *
 * @since 0.1.0
 */
public final class ModelVersion {

    private final String model;
    private final int version;
    private final ModelStage stage;
    private final String source;
    private final Optional<String> runId;
    private final String description;
    private final Map<String, String> tags;
    private final List<String> aliases;
    private final Instant createdAt;
    private final Instant changedAt;

    ModelVersion(JsonNode json) {
        this.model = MlflowApi.required("model-versions", json, "name");
        this.version = RegistryJson.number(json, "version");
        this.stage = ModelStage.of(json.path("current_stage").asText("None"));
        this.source = json.path("source").asText("");
        this.runId = RegistryJson.optional(json, "run_id");
        this.description = json.path("description").asText("");
        this.tags = RegistryJson.tags(json);
        this.aliases = RegistryJson.texts(json.path("aliases"));
        this.createdAt = RegistryJson.time(json, "creation_timestamp");
        this.changedAt = RegistryJson.time(json, "last_updated_timestamp");
    }

    /** Name of the registered model. */
    public String model() {
        return model;
    }

    /** Its number, at least 1. The server never gives it to another version of the model, deleted or not. */
    public int version() {
        return version;
    }

    /** How far it has come. */
    public ModelStage stage() {
        return stage;
    }

    /** Where its files stand. */
    public String source() {
        return source;
    }

    /** The run it came from. */
    public Optional<String> runId() {
        return runId;
    }

    /** What it is, in words; may be empty. */
    public String description() {
        return description;
    }

    /** Its tags, ours among them, in no particular order. */
    public Map<String, String> tags() {
        return tags;
    }

    /** Its aliases, in no particular order; searches do not tell them ({@link RegisteredModel#aliases()} does). */
    public List<String> aliases() {
        return aliases;
    }

    /** When it was registered, by the server's clock, to the millisecond. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When it was changed last, by the server's clock, to the millisecond. */
    public Instant changedAt() {
        return changedAt;
    }

    /** Without tags, which may hold a prompt. */
    @Override
    public String toString() {
        return "ModelVersion[" + model + " " + version + ", " + stage.label() + "]";
    }
}
