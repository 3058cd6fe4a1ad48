package dev.melancia.mlflow.registry;

import static dev.melancia.mlflow.registry.RegistryCalls.MODELS;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The model registry of a server.
 *
 * <p>Every method waits for the server and throws {@link MlflowException} when it is not there, fails or refuses,
 * {@link NoSuchElementException} when what is named does not exist, and {@link IllegalArgumentException}, before
 * anything is sent, for a name, alias, version or text MLflow does not take. Immutable, as thread-safe as its
 * connection.
 *
 * @since 0.1.0
 */
public final class RegisteredModels {

    /** Tag of a version, and of a model, that tells a second try of its creation from a second creation. */
    public static final String KEY_TAG = "melancia.client_key";

    private final RegistryCalls calls;

    private RegisteredModels(MlflowApi api) {
        this.calls = new RegistryCalls(requireNonNull(api, "api"));
    }

    /** The registry of the server behind this connection, which stays the caller's to close. */
    public static RegisteredModels on(MlflowApi api) {
        return new RegisteredModels(api);
    }

    /**
     * Creates a model.
     *
     * @param tags values of at most 5000 characters
     * @throws MlflowException also when a model or prompt has the name; {@link MlflowException#isAlreadyThere} tells that
     */
    public RegisteredModel create(String name, String description, Map<String, String> tags) {
        String key = UUID.randomUUID().toString();
        ObjectNode body =
                calls.body(RegistryRules.modelName(name)).put("description", RegistryRules.description(description));
        tags.forEach((tag, value) -> RegistryRules.tag(tag, value, RegistryRules.MAX_MODEL_TAG));
        RegistryJson.put(body, tags);
        RegistryJson.put(body, Map.of(KEY_TAG, key));
        return calls.createOnce(
                () -> model(calls.api().postOnce(MODELS + "create", body)),
                () -> find(name).filter(found -> key.equals(found.tags().get(KEY_TAG))));
    }

    /** The model of this name, which is created when it is not there. */
    public RegisteredModel ensure(String name) {
        Optional<RegisteredModel> found = find(name);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            return create(name, "", Map.of());
        } catch (MlflowException failure) {
            if (!failure.isAlreadyThere()) {
                throw failure;
            }
            return find(name).orElseThrow(() -> failure); // Somebody else was faster.
        }
    }

    /** The model of this name, a prompt too. */
    public RegisteredModel get(String name) {
        return existing(name, () -> read(name));
    }

    /** The model of this name, a prompt too, if there is one. */
    public Optional<RegisteredModel> find(String name) {
        return RegistryCalls.find(() -> read(name));
    }

    private RegisteredModel read(String name) {
        return model(calls.api().get(MODELS + "get?name=" + MlflowApi.encode(RegistryRules.modelName(name))));
    }

    /**
     * The models a filter finds, all pages of them. Prompts are hidden unless the filter asks for their tag.
     *
     * @param filter in MLflow's language, such as {@code name LIKE 'answer%' and tags.`team` = 'a'}; empty finds all
     * @param atMost how many to read, at least 1
     */
    public List<RegisteredModel> search(String filter, int atMost) {
        return calls.search(MODELS, filter, atMost, RegisteredModel::new);
    }

    /** Gives a model another name. */
    public RegisteredModel rename(String name, String newName) {
        ObjectNode body = calls.body(RegistryRules.modelName(name)).put("new_name", RegistryRules.modelName(newName));
        return existing(
                name,
                () -> calls.createOnce(
                        () -> model(calls.api().postOnce(MODELS + "rename", body)),
                        () -> find(newName).filter(found -> find(name).isEmpty())));
    }

    /** Says what a model is, in at most 5000 characters. */
    public RegisteredModel describe(String name, String description) {
        ObjectNode body =
                calls.body(RegistryRules.modelName(name)).put("description", RegistryRules.description(description));
        return existing(name, () -> model(calls.api().patch(MODELS + "update", body)));
    }

    /**
     * Sets a tag of a model.
     *
     * @param value at most 5000 characters
     */
    public void tag(String name, String key, String value) {
        RegistryRules.tag(key, value, RegistryRules.MAX_MODEL_TAG);
        ObjectNode body =
                calls.body(RegistryRules.modelName(name)).put("key", key).put("value", value);
        existing(name, () -> calls.api().post(MODELS + "set-tag", body));
    }

    /** Deletes a tag of a model; nothing happens when it is not there. */
    public void untag(String name, String key) {
        ObjectNode body = calls.body(RegistryRules.modelName(name)).put("key", RegistryRules.tagKey(key));
        existing(name, () -> calls.api().delete(MODELS + "delete-tag", body));
    }

    /**
     * Deletes a model with all its versions, for good; a model of the same name begins at version 1 again. Nothing happens
     * when there is none. Whether there was one is not told: after a lost answer nobody knows.
     */
    public void delete(String name) {
        ObjectNode body = calls.body(RegistryRules.modelName(name));
        RegistryCalls.find(() -> calls.api().delete(MODELS + "delete", body));
    }

    /** The versions of these models, with their stages and aliases. */
    public ModelVersions versions() {
        return new ModelVersions(calls);
    }

    private static <T> T existing(String name, Supplier<T> request) {
        return RegistryCalls.existing("registered model " + RegistryRules.quoted(name), request);
    }

    private static RegisteredModel model(JsonNode answer) {
        return new RegisteredModel(answer.path("registered_model"));
    }
}
