package dev.melancia.mlflow.registry;

import static dev.melancia.mlflow.registry.RegistryCalls.MODELS;
import static dev.melancia.mlflow.registry.RegistryCalls.VERSIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The versions of registered models with their stages and aliases; see {@link RegisteredModels#versions()}, also for
 * what the methods throw. Immutable, as thread-safe as its connection.
 *
 * @since 0.1.0
 */
public final class ModelVersions {

    private static final String IS_PROMPT = "mlflow.prompt.is_prompt";
    private static final int MOST_OF_A_MODEL = 100_000;

    private final RegistryCalls calls;

    ModelVersions(RegistryCalls calls) {
        this.calls = calls;
    }

    /**
     * Registers a version. When the answer is lost the version is looked for by its key and adopted, so that it is not
     * made twice.
     *
     * @throws NoSuchElementException when there is no model of this name; see {@link RegisteredModels#ensure}
     */
    public ModelVersion register(NewVersion version) {
        String key = version.keyOrFresh();
        if (version.key().isPresent()) {
            Optional<ModelVersion> earlier = made(version, key).stream().findFirst();
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        ObjectNode body = calls.body(version.model()).put("source", version.source());
        version.runId().ifPresent(id -> body.put("run_id", id));
        body.put("description", version.description());
        RegistryJson.put(body, version.tags());
        RegistryJson.put(body, Map.of(RegisteredModels.KEY_TAG, key));
        Supplier<ModelVersion> create = () -> read(calls.api().postOnce(VERSIONS + "create", body));
        return RegistryCalls.existing(
                "registered model " + RegistryRules.quoted(version.model()),
                () -> calls.createOnce(create, () -> onlyOne(version, key)));
    }

    private List<ModelVersion> made(NewVersion version, String key) {
        boolean prompt = version.tags().containsKey(IS_PROMPT);
        String filter = "name=" + RegistryCalls.literal(version.model()) + " and tags.`" + RegisteredModels.KEY_TAG
                + "` = '" + key + "'" + (prompt ? " and tags.`" + IS_PROMPT + "` = 'true'" : "");
        return search(filter, 10).stream()
                .sorted(Comparator.comparingInt(ModelVersion::version))
                .toList();
    }

    /**
     * Two of one key exist only when a try that seemed lost came through beside the next one. What remains: a twin that
     * somebody with the same key gave an alias or a stage already, and one that comes into being after this look.
     */
    private Optional<ModelVersion> onlyOne(NewVersion version, String key) {
        List<ModelVersion> made = made(version, key);
        made.stream()
                .skip(1)
                .flatMap(twin -> find(twin.model(), twin.version()).stream()) // A search tells no aliases.
                .filter(twin ->
                        twin.stage() == ModelStage.NONE && twin.aliases().isEmpty())
                .forEach(twin -> delete(twin.model(), twin.version()));
        return made.stream().findFirst();
    }

    /**
     * A version.
     *
     * @param version at least 1
     */
    public ModelVersion get(String model, int version) {
        return existing(model, version, () -> fetch(model, version));
    }

    /**
     * A version, if there is one.
     *
     * @param version at least 1
     */
    public Optional<ModelVersion> find(String model, int version) {
        return RegistryCalls.find(() -> fetch(model, version));
    }

    private ModelVersion fetch(String model, int version) {
        return read(calls.api()
                .get(VERSIONS + "get?name=" + MlflowApi.encode(RegistryRules.modelName(model)) + "&version="
                        + RegistryRules.version(version)));
    }

    /**
     * The versions a filter finds, all pages of them, without their aliases. Versions of prompts are hidden unless the
     * filter asks for their tag.
     *
     * @param filter in MLflow's language, such as {@code name = 'answers' and run_id = '…'}; empty finds all
     * @param atMost how many to read, at least 1
     */
    public List<ModelVersion> search(String filter, int atMost) {
        return calls.search(VERSIONS, filter, atMost, ModelVersion::new);
    }

    /** All versions of a model, the newest first, without their aliases; none when there is no such model. */
    public List<ModelVersion> of(String model) {
        String name = RegistryCalls.literal(RegistryRules.modelName(model));
        return search("name=" + name, MOST_OF_A_MODEL).stream()
                .sorted(Comparator.comparingInt(ModelVersion::version).reversed())
                .toList();
    }

    /** Says what a version is, in at most 5000 characters. */
    public ModelVersion describe(String model, int version, String description) {
        ObjectNode body = body(model, version).put("description", RegistryRules.description(description));
        return existing(model, version, () -> read(calls.api().patch(VERSIONS + "update", body)));
    }

    /**
     * Sets tags of a version, one after the other.
     *
     * @param tags values of at most 100,000 characters
     */
    public void tag(String model, int version, Map<String, String> tags) {
        tags.forEach((key, value) -> RegistryRules.tag(key, value, RegistryRules.MAX_VERSION_TAG));
        tags.forEach((key, value) -> {
            ObjectNode body = body(model, version).put("key", key).put("value", value);
            existing(model, version, () -> calls.api().post(VERSIONS + "set-tag", body));
        });
    }

    /** Deletes a tag of a version; nothing happens when it is not there. */
    public void untag(String model, int version, String key) {
        ObjectNode body = body(model, version).put("key", RegistryRules.tagKey(key));
        existing(model, version, () -> calls.api().delete(VERSIONS + "delete-tag", body));
    }

    /**
     * Deletes a version for good, with the aliases that stand for it; its number is not given again. Nothing happens when
     * there is none. Whether there was one is not told: after a lost answer nobody knows.
     */
    public void delete(String model, int version) {
        ObjectNode body = body(model, version);
        RegistryCalls.find(() -> calls.api().delete(VERSIONS + "delete", body));
    }

    /**
     * Brings a version to a stage.
     *
     * @param archiveExisting whether other versions in that stage go to {@link ModelStage#ARCHIVED} in the same step
     * @throws IllegalArgumentException for {@code archiveExisting} with a stage that is not
     *     {@linkplain ModelStage#active() active}
     */
    public ModelVersion moveTo(String model, int version, ModelStage stage, boolean archiveExisting) {
        if (archiveExisting && !stage.active()) {
            throw new IllegalArgumentException(
                    "existing versions can be archived for Staging and Production only, was " + stage.label());
        }
        ObjectNode body =
                body(model, version).put("stage", stage.label()).put("archive_existing_versions", archiveExisting);
        return existing(model, version, () -> read(calls.api().post(VERSIONS + "transition-stage", body)));
    }

    /**
     * Lets an alias stand for a version, from whatever it stood for.
     *
     * @param alias at most 255 letters, digits, {@code _} and {@code -}; not {@code latest}, not {@code v} with a number
     */
    public void setAlias(String model, String alias, int version) {
        ObjectNode body = body(model, version).put("alias", RegistryRules.alias(alias));
        existing(model, version, () -> calls.api().post(MODELS + "alias", body));
    }

    /** The version an alias stands for. */
    public ModelVersion byAlias(String model, String alias) {
        return findByAlias(model, alias)
                .orElseThrow(() -> new NoSuchElementException("MLflow has no alias " + RegistryRules.quoted(alias)
                        + " of registered model " + RegistryRules.quoted(model)
                        + "; setAlias makes it stand for a version"));
    }

    /**
     * The version an alias stands for; empty when there is no such alias or no such model. The alias {@code latest}
     * stands for the newest version.
     */
    public Optional<ModelVersion> findByAlias(String model, String alias) {
        String path = MODELS + "alias?name=" + MlflowApi.encode(RegistryRules.modelName(model)) + "&alias="
                + MlflowApi.encode(RegistryRules.aliasToFind(alias));
        try {
            return RegistryCalls.find(() -> read(calls.api().get(path)));
        } catch (MlflowException failure) {
            // Name and alias were checked, so that this is the server's way to say that the alias is not there.
            if (failure.errorCode().equals("INVALID_PARAMETER_VALUE")) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Deletes an alias; nothing happens when it is not there. */
    public void deleteAlias(String model, String alias) {
        ObjectNode body = calls.body(RegistryRules.modelName(model)).put("alias", RegistryRules.alias(alias));
        RegistryCalls.existing(
                "registered model " + RegistryRules.quoted(model),
                () -> calls.api().delete(MODELS + "alias", body));
    }

    private ObjectNode body(String model, int version) {
        return calls.body(RegistryRules.modelName(model), RegistryRules.version(version));
    }

    private static <T> T existing(String model, int version, Supplier<T> request) {
        return RegistryCalls.existing(
                "version " + version + " of registered model " + RegistryRules.quoted(model), request);
    }

    private static ModelVersion read(JsonNode answer) {
        return new ModelVersion(answer.path("model_version"));
    }
}
