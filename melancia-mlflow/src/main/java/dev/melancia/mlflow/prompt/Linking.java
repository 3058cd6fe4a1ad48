package dev.melancia.mlflow.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.registry.RegisteredModels;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Adds to lists that MLflow keeps in one tag. The server cannot compare and set, so what was written is read back and
 * written again when somebody else's write came in between; a write that comes later still can undo it.
 */
final class Linking {

    /** Beyond it the server cuts a run's tag in silence, and the list would be none any more. */
    private static final int MAX_RUN_TAG = 8_000;

    private static final String RUNS = "/api/2.0/mlflow/runs/";
    private static final int TRIES = 5;

    private final MlflowApi api;

    Linking(MlflowApi api) {
        this.api = api;
    }

    void link(String runId, List<PromptVersion> prompts) {
        add(() -> PromptWire.withLinks(current(runId), prompts), links -> {
            if (links.length() > MAX_RUN_TAG) {
                throw new IllegalArgumentException("tag " + LinkedPrompts.TAG + " of a run must have at most "
                        + MAX_RUN_TAG + " characters, had " + links.length() + "; link fewer prompts");
            }
            JsonNode body = api.body()
                    .put("run_id", runId)
                    .put("key", LinkedPrompts.TAG)
                    .put("value", links);
            api.post(RUNS + "set-tag", body);
        });
    }

    private String current(String runId) {
        try {
            for (JsonNode tag : api.get(RUNS + "get?run_id=" + MlflowApi.encode(runId))
                    .path("run")
                    .path("data")
                    .path("tags")) {
                if (tag.path("key").asText().equals(LinkedPrompts.TAG)) {
                    return tag.path("value").asText();
                }
            }
            return "";
        } catch (MlflowException failure) {
            if (failure.isNotFound()) {
                throw new NoSuchElementException("MLflow has no run " + runId);
            }
            throw failure;
        }
    }

    /** The tag is a list with a comma before and behind each id, so that a filter can look for one. */
    void showIn(String name, String experimentId, RegisteredModels models) {
        if (!experimentId.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "experiment id must be MLflow's, such as 12, was \"" + experimentId + '"');
        }
        add(
                () -> {
                    String ids = models.get(name).tags().getOrDefault(PromptWire.EXPERIMENTS, "");
                    String list = ids.isEmpty() ? "," : ids;
                    return list.contains("," + experimentId + ",")
                            ? Optional.empty()
                            : Optional.of(list + experimentId + ",");
                },
                ids -> models.tag(name, PromptWire.EXPERIMENTS, ids));
    }

    /** @param missing the value the tag ought to have, empty when it says what it should */
    private static void add(Supplier<Optional<String>> missing, Consumer<String> write) {
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<String> value = missing.get();
            if (value.isEmpty()) {
                return;
            }
            write.accept(value.get());
        }
        if (missing.get().isPresent()) {
            throw MlflowException.refused(
                    "linking prompts",
                    "after " + TRIES + " tries what others write still replaces the link; link again");
        }
    }
}
