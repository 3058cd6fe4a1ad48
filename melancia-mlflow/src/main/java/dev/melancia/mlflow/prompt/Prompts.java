package dev.melancia.mlflow.prompt;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.registry.ModelVersion;
import dev.melancia.mlflow.registry.ModelVersions;
import dev.melancia.mlflow.registry.RegisteredModel;
import dev.melancia.mlflow.registry.RegisteredModels;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The prompts of a server.
 *
 * <p>Every method waits for the server and throws {@link MlflowException} when it is not there, fails or refuses,
 * {@link NoSuchElementException} when what is named does not exist, and {@link IllegalArgumentException} for a name,
 * alias, version or text MLflow does not take, and for the name of a model that is no prompt. Not for the path of a
 * user's call, which would wait for the server each time. Immutable, as thread-safe as its connection.
 *
 * @since 0.1.0
 */
public final class Prompts {

    private static final String ONLY_PROMPTS = "tags.`" + PromptWire.IS_PROMPT + "` = 'true'";
    private static final int MOST_VERSIONS = 100_000;

    private final MlflowApi api;
    private final RegisteredModels models;
    private final ModelVersions versions;

    private Prompts(MlflowApi api) {
        this.api = requireNonNull(api, "api");
        this.models = RegisteredModels.on(api);
        this.versions = models.versions();
    }

    /** The prompts of the server behind this connection, which stays the caller's to close. */
    public static Prompts on(MlflowApi api) {
        return new Prompts(api);
    }

    /**
     * Registers a version, and the prompt with its first one. A lost answer does not lead to a second version; see
     * {@link NewPrompt.Builder#key}.
     */
    public PromptVersion register(NewPrompt prompt) {
        ensure(prompt.name());
        return new PromptVersion(versions.register(prompt.stored()));
    }

    private void ensure(String name) {
        Optional<Prompt> found = find(name);
        if (found.isPresent()) {
            return;
        }
        try {
            models.create(name, "", Map.of(PromptWire.IS_PROMPT, "true"));
        } catch (MlflowException failure) {
            if (!failure.isAlreadyThere() || find(name).isEmpty()) {
                throw failure;
            }
        }
    }

    /** The prompt of this name, if there is one. */
    public Optional<Prompt> find(String name) {
        return models.find(PromptWire.name(name)).map(Prompts::prompt);
    }

    /** Models and prompts share their requests, so that the server would change a model as gladly. */
    private String existing(String name) {
        return find(name)
                .orElseThrow(() -> new NoSuchElementException("MLflow has no prompt \"" + name + '"'))
                .name();
    }

    private static Prompt prompt(RegisteredModel model) {
        if (!"true".equals(model.tags().get(PromptWire.IS_PROMPT))) {
            throw new IllegalArgumentException(
                    "\"" + model.name() + "\" is a registered model, not a prompt; choose another name");
        }
        return new Prompt(model);
    }

    /**
     * The prompts a filter finds, all pages of them.
     *
     * @param filter in MLflow's language, such as {@code name LIKE 'answer%'}; empty finds all
     * @param atMost how many to read, at least 1
     */
    public List<Prompt> search(String filter, int atMost) {
        String all = filter.isBlank() ? ONLY_PROMPTS : ONLY_PROMPTS + " and " + filter;
        return models.search(all, atMost).stream().map(Prompt::new).toList();
    }

    /**
     * A version.
     *
     * @param version at least 1
     */
    public PromptVersion load(String name, int version) {
        return new PromptVersion(versions.get(PromptWire.name(name), version));
    }

    /**
     * A version, if there is one.
     *
     * @param version at least 1
     */
    public Optional<PromptVersion> find(String name, int version) {
        return versions.find(PromptWire.name(name), version).map(PromptVersion::new);
    }

    /** The version an alias stands for. */
    public PromptVersion byAlias(String name, String alias) {
        return new PromptVersion(versions.byAlias(PromptWire.name(name), alias));
    }

    /** The version an alias stands for; empty when there is no such alias or no such prompt. */
    public Optional<PromptVersion> findByAlias(String name, String alias) {
        return versions.findByAlias(PromptWire.name(name), alias).map(PromptVersion::new);
    }

    /** The newest version; empty when there is none. */
    public Optional<PromptVersion> latest(String name) {
        return findByAlias(name, "latest");
    }

    /** All versions, the newest first, without their aliases; none when there is no such prompt. */
    public List<PromptVersion> versions(String name) {
        String filter = "name='" + PromptWire.name(name) + "' and " + ONLY_PROMPTS;
        return versions.search(filter, MOST_VERSIONS).stream()
                .sorted(Comparator.comparingInt(ModelVersion::version).reversed())
                .map(PromptVersion::new)
                .toList();
    }

    /**
     * Lets an alias stand for a version, from whatever it stood for.
     *
     * @param alias at most 255 letters, digits, {@code _} and {@code -}; not {@code latest}, not {@code v} with a number
     */
    public void setAlias(String name, String alias, int version) {
        versions.setAlias(existing(name), alias, version);
    }

    /** Deletes an alias; nothing happens when it is not there. */
    public void deleteAlias(String name, String alias) {
        versions.deleteAlias(existing(name), alias);
    }

    /** Sets a tag of the prompt as a whole, of at most 5000 characters. */
    public void tag(String name, String key, String value) {
        models.tag(existing(name), key, value);
    }

    /** Sets tags of a version. */
    public void tag(String name, int version, Map<String, String> tags) {
        versions.tag(existing(name), version, tags);
    }

    /** Says what a prompt is for, in at most 5000 characters. */
    public void describe(String name, String description) {
        models.describe(existing(name), description);
    }

    /** Deletes a version for good, with its aliases; its number is not given again. Nothing happens when there is none. */
    public void delete(String name, int version) {
        find(name).ifPresent(prompt -> versions.delete(prompt.name(), version));
    }

    /** Deletes a prompt with all its versions, for good. Nothing happens when there is none. */
    public void delete(String name) {
        find(name).ifPresent(prompt -> models.delete(prompt.name()));
    }

    /**
     * Tells on a run's page which prompts it used, besides those it names already. Two processes that link prompts to
     * one run at the same moment are told apart by reading back; see {@link LinkedPrompts} for traces.
     *
     * @param runId the server's id of the run
     * @throws MlflowException also when others write the same list so often that the link does not stay
     * @throws IllegalArgumentException when the run would name more prompts than its tag can hold (about 150)
     */
    public void link(String runId, List<PromptVersion> prompts) {
        new Linking(api).link(runId, prompts);
    }

    /**
     * Shows a prompt among those of an experiment.
     *
     * @param experimentId the server's id of the experiment
     */
    public void showIn(String name, String experimentId) {
        new Linking(api).showIn(existing(name), experimentId, models);
    }
}
