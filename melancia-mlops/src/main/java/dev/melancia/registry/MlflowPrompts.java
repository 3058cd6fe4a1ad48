package dev.melancia.registry;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptVersion;
import dev.melancia.mlflow.prompt.Prompts;
import dev.melancia.mlflow.registry.RegistryRules;
import dev.melancia.mlflow.rest.MlflowApi;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Prompts of an MLflow server, kept so that a user's call does not wait for it. */
final class MlflowPrompts implements PromptRegistry {

    private static final String LATEST = "latest";

    /** Aliases that are asked at the same moment. */
    private static final int THREADS = 4;

    /** Aliases that wait to be asked; beyond it the last answer serves, or the call fails where there is none. */
    private static final int MOST_WAITING = 1_000;

    private record VersionKey(String name, int version) {}

    private final Prompts prompts;
    private final BoundedMap<VersionKey, PromptVersion> versions;
    private final AliasCache aliases;
    private final Optional<ThreadPoolExecutor> threads;

    MlflowPrompts(MlflowApi api, PromptCaching caching) {
        this.prompts = Prompts.on(api);
        this.versions = new BoundedMap<>(requireNonNull(caching, "caching").capacity());
        this.threads = caching.executor().isPresent() ? Optional.empty() : Optional.of(threads());
        this.aliases = new AliasCache(caching, caching.executor().orElseGet(threads::orElseThrow), this::ask);
    }

    private static ThreadPoolExecutor threads() {
        LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, waiting, task -> {
            Thread thread = new Thread(task, "melancia-prompt-refresh");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private PromptVersion ask(String name, String alias) {
        Optional<PromptVersion> found = alias.equals(LATEST) ? prompts.latest(name) : prompts.findByAlias(name, alias);
        PromptVersion version = found.orElseThrow(() -> new NoSuchElementException("no version of prompt \"" + name
                + (alias.equals(LATEST) ? "\" is there; register one" : "\" has the alias \"" + alias + '"')));
        return keep(version);
    }

    private PromptVersion keep(PromptVersion version) {
        versions.put(new VersionKey(version.name(), version.version()), version);
        return version;
    }

    @Override
    public PromptVersion register(NewPrompt prompt) {
        PromptVersion made = keep(prompts.register(prompt));
        aliases.forget(new AliasCache.Key(made.name(), LATEST));
        return made;
    }

    @Override
    public PromptVersion load(String name, int version) {
        RegistryRules.version(version);
        return versions.get(new VersionKey(name, version)).orElseGet(() -> keep(prompts.load(name, version)));
    }

    @Override
    public ServedPrompt byAlias(String name, String alias) {
        return aliases.get(new AliasCache.Key(name, RegistryRules.alias(alias)));
    }

    @Override
    public ServedPrompt latest(String name) {
        return aliases.get(new AliasCache.Key(name, LATEST));
    }

    @Override
    public List<PromptVersion> versions(String name) {
        return prompts.versions(name);
    }

    @Override
    public void setAlias(String name, String alias, int version) {
        prompts.setAlias(name, alias, version);
        aliases.forget(new AliasCache.Key(name, alias));
    }

    @Override
    public void deleteAlias(String name, String alias) {
        prompts.deleteAlias(name, alias);
        aliases.forget(new AliasCache.Key(name, alias));
    }

    @Override
    public void close() {
        threads.ifPresent(ThreadPoolExecutor::shutdown);
    }
}
