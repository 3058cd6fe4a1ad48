package dev.melancia.registry;

import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptVersion;
import dev.melancia.mlflow.rest.MlflowApi;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The application's prompts: named, versioned templates, found by version or by an alias such as {@code production}.
 *
 * <p>{@link #byAlias} and {@link #latest} are made for the path of a user's call, and so is {@link #load} of a version
 * that was read before. Every method throws
 * {@link NoSuchElementException} when what is named does not exist, {@link IllegalArgumentException} for a name, alias,
 * version or text that cannot be, and, when the store fails, {@link RegistryException} or MLflow's and the journal's own.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public interface PromptRegistry extends AutoCloseable {

    /**
     * The registry in this folder, which is created with the first change and may be the folder of a
     * {@link ModelRegistry} too. Any number of processes of one machine may share it: changes take turns by a file lock,
     * reading waits for nobody and sees every change at once. A change that returned survives kill -9 and a power loss.
     */
    static PromptRegistry local(Path folder) {
        return local(folder, InstantSource.system());
    }

    /** The same with a clock of one's own. */
    static PromptRegistry local(Path folder, InstantSource clock) {
        return new LocalPrompts(folder, clock);
    }

    /** The registry of an MLflow server with the usual {@link PromptCaching}. */
    static PromptRegistry mlflow(MlflowApi api) {
        return mlflow(api, PromptCaching.usual());
    }

    /**
     * The registry of an MLflow server, whose connection stays the caller's to close. Versions that were read are kept,
     * as they never change; one that was not is waited for as long as the connection does. What an alias stands for is
     * asked again after a while, and the last answer serves as long as the server gives none. Where no answer is known (at
     * first, after a change of one's own, or when more aliases are used than are kept) {@link #byAlias} and {@link #latest}
     * wait together for one, at most {@link PromptCaching#firstPatience()}; when it fails, is that the alias is missing, or
     * does not come, they throw the same at once for 5 s.
     */
    static PromptRegistry mlflow(MlflowApi api, PromptCaching caching) {
        return new MlflowPrompts(api, caching);
    }

    /** Registers a version, and the prompt with its first one. A lost answer does not lead to a second version. */
    PromptVersion register(NewPrompt prompt);

    /**
     * A version.
     *
     * @param version at least 1
     */
    PromptVersion load(String name, int version);

    /** The version an alias stands for. */
    ServedPrompt byAlias(String name, String alias);

    /** The newest version. */
    ServedPrompt latest(String name);

    /** All versions, the newest first, read from the store; none when there is no such prompt. */
    List<PromptVersion> versions(String name);

    /**
     * Lets an alias stand for a version, from whatever it stood for; other processes see it when they ask again.
     *
     * @param alias letters, digits, {@code _} and {@code -}; not {@code latest}, not {@code v} with a number
     */
    void setAlias(String name, String alias, int version);

    /** Deletes an alias; nothing happens when it is not there. */
    void deleteAlias(String name, String alias);

    /** Ends the threads and frees the files that belong to it. */
    @Override
    void close();
}
