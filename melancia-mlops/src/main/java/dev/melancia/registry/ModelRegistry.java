package dev.melancia.registry;

import dev.melancia.mlflow.registry.ModelStage;
import dev.melancia.mlflow.rest.MlflowApi;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The application's models: versions with evidence, the stages Staging and Production, aliases, a history of every
 * change, and the way back. A "model" is whatever is released as one: a routing policy, a served model with its
 * parameters, a trained one.
 *
 * <p>Staging and Production hold one version each; the one that was there goes to Archived. Every method throws
 * {@link NoSuchElementException} when the model or version it names does not exist, {@link IllegalArgumentException}
 * for a name, alias, version or text that cannot be, and, when the store fails, {@link RegistryException} or MLflow's
 * and the journal's own. Thread-safe. Every call reads the store, so it is not for the path of a user's call.
 *
 * @since 0.1.0
 */
public interface ModelRegistry extends AutoCloseable {

    /**
     * The registry in this folder, which is created with the first change. Any number of processes of one machine may
     * share it: changes take turns by a file lock, reading waits for nobody. A change that returned survives kill -9 and
     * a power loss.
     */
    static ModelRegistry local(Path folder) {
        return local(folder, InstantSource.system());
    }

    /** The same with a clock of one's own. */
    static ModelRegistry local(Path folder, InstantSource clock) {
        return new LocalModels(folder, clock);
    }

    /**
     * The registry of an MLflow server, whose connection stays the caller's to close.
     *
     * <p>The history stands in tags of the registered model, one for each change, so that no process overwrites what
     * another wrote: the 50 newest changes of Production and the 150 newest others. What is done on MLflow's own pages
     * counts (stages, aliases, versions) but leaves no entry.
     */
    static ModelRegistry mlflow(MlflowApi api) {
        return mlflow(api, InstantSource.system());
    }

    /** The same with a clock of one's own. */
    static ModelRegistry mlflow(MlflowApi api, InstantSource clock) {
        return new MlflowModels(api, clock);
    }

    /** Registers a version, and the model with its first one. A lost answer does not lead to a second version. */
    RegisteredVersion register(Registration registration, ChangeNote note);

    /**
     * Brings a version to a stage; nothing happens, and nothing is recorded, when it is there already.
     *
     * @throws IllegalStateException when it is to come to Production from another stage than Staging: what serves users
     *     was tried before
     */
    RegisteredVersion move(String model, int version, ModelStage stage, ChangeNote note);

    /**
     * Takes a version out of Production and brings back the one that was there before it; when that was deleted, the
     * one before that.
     *
     * @param version the one that is in Production and is to leave it: somebody who comes second does not roll back twice
     * @return the version that is in Production now
     * @throws IllegalStateException when that version is not in Production, or none was before it
     */
    RegisteredVersion rollback(String model, int version, ChangeNote note);

    /**
     * Lets an alias stand for a version, from whatever it stood for.
     *
     * @param alias letters, digits, {@code _} and {@code -}; not {@code latest}, not {@code v} with a number
     */
    void setAlias(String model, String alias, int version, ChangeNote note);

    /** Deletes an alias; nothing happens, and nothing is recorded, when it is not there. */
    void deleteAlias(String model, String alias, ChangeNote note);

    /**
     * Sets tags of a version.
     *
     * @param tags at least one; keys do not begin with {@code melancia.}, values have at most 5000 characters
     */
    void tag(String model, int version, Map<String, String> tags, ChangeNote note);

    /** Names of the models, in the order of their letters. */
    List<String> models();

    /** All versions of a model, the newest first; none when there is no such model. */
    List<RegisteredVersion> versions(String model);

    /**
     * A version, if there is one.
     *
     * @param version at least 1
     */
    default Optional<RegisteredVersion> find(String model, int version) {
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
        return versions(model).stream().filter(one -> one.version() == version).findFirst();
    }

    /** The version in a stage, the newest where others than this registry left several; empty when there is none. */
    default Optional<RegisteredVersion> inStage(String model, ModelStage stage) {
        return versions(model).stream().filter(one -> one.stage() == stage).findFirst();
    }

    /** The version an alias stands for; empty when there is no such alias. */
    default Optional<RegisteredVersion> byAlias(String model, String alias) {
        return versions(model).stream()
                .filter(one -> one.aliases().contains(alias))
                .findFirst();
    }

    /** Every change of a model that is kept, the oldest first. */
    List<ModelChange> history(String model);

    /** Frees what belongs to it. */
    @Override
    void close();
}
