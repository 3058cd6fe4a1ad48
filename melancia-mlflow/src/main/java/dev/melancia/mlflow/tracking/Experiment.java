package dev.melancia.mlflow.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.rest.MlflowApi;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An experiment as the server had it when it was asked. Immutable.
 *
 * @since 0.1.0
 */
public final class Experiment {

    private final String id;
    private final String name;
    private final String artifactLocation;
    private final boolean deleted;
    private final Optional<Instant> createdAt;
    private final Optional<Instant> updatedAt;
    private final SortedMap<String, String> tags;

    Experiment(String what, JsonNode json) {
        this.id = MlflowApi.required(what, json, "experiment_id");
        this.name = json.path("name").asText();
        this.artifactLocation = json.path("artifact_location").asText();
        this.deleted = json.path("lifecycle_stage").asText().equals("deleted");
        this.createdAt = Answers.time(json.path("creation_time"));
        this.updatedAt = Answers.time(json.path("last_update_time"));
        this.tags = Answers.texts(json.path("tags"));
    }

    /** The server's id, digits. */
    public String id() {
        return id;
    }

    /** Its name, unique on the server. */
    public String name() {
        return name;
    }

    /** URI below which the artifacts of its runs stand. */
    public String artifactLocation() {
        return artifactLocation;
    }

    /** Whether it is deleted; then its name is still taken, and {@link Experiments#restore} brings it back. */
    public boolean deleted() {
        return deleted;
    }

    /** When it was created, in milliseconds. */
    public Optional<Instant> createdAt() {
        return createdAt;
    }

    /** When it was last changed, in milliseconds. */
    public Optional<Instant> updatedAt() {
        return updatedAt;
    }

    /** Tags by key; unmodifiable. */
    public SortedMap<String, String> tags() {
        return tags;
    }

    @Override
    public String toString() {
        return "Experiment[" + name + ", " + id + (deleted ? ", deleted]" : "]");
    }
}
