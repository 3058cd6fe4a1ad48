package dev.melancia.registry;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptVersion;
import dev.melancia.mlflow.registry.RegistryRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;

/** Prompts in a folder: a journal of changes, added up by whoever reads. */
final class LocalPrompts implements PromptRegistry {

    private final InstantSource clock;
    private final EventFolder<SortedMap<String, PromptFold>> events;

    LocalPrompts(Path folder, InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        this.events = new EventFolder<>(requireNonNull(folder, "folder"), clock, PromptFold::fold);
    }

    @Override
    public PromptVersion register(NewPrompt prompt) {
        int[] version = new int[1];
        SortedMap<String, PromptFold> after = events.change(prompts -> {
            PromptFold fold = prompts.getOrDefault(prompt.name(), new PromptFold(prompt.name()));
            Optional<PromptVersion> earlier = prompt.key().flatMap(fold::ofKey);
            version[0] = earlier.map(PromptVersion::version).orElse(fold.nextVersion());
            return earlier.isPresent()
                    ? Optional.empty()
                    : Optional.of(PromptFold.registered(prompt, version[0], clock.instant()));
        });
        return prompt(after, prompt.name()).version(version[0]);
    }

    @Override
    public PromptVersion load(String name, int version) {
        RegistryRules.version(version);
        return prompt(events.state(), name).version(version);
    }

    @Override
    public ServedPrompt byAlias(String name, String alias) {
        RegistryRules.alias(alias);
        PromptFold prompt = prompt(events.state(), name);
        int version = prompt.alias(alias)
                .orElseThrow(() -> new NoSuchElementException(
                        "no version of prompt \"" + name + "\" has the alias \"" + alias + '"'));
        return new ServedPrompt(prompt.version(version), Duration.ZERO, false);
    }

    @Override
    public ServedPrompt latest(String name) {
        return new ServedPrompt(prompt(events.state(), name).latest(), Duration.ZERO, false);
    }

    @Override
    public List<PromptVersion> versions(String name) {
        return events.state().getOrDefault(name, new PromptFold(name)).versions();
    }

    @Override
    public void setAlias(String name, String alias, int version) {
        RegistryRules.version(version);
        RegistryRules.alias(alias);
        events.change(prompts -> {
            prompt(prompts, name).version(version);
            return Optional.of(PromptFold.aliasSet(name, alias, version, clock.instant()));
        });
    }

    @Override
    public void deleteAlias(String name, String alias) {
        RegistryRules.alias(alias);
        events.change(prompts -> prompt(prompts, name)
                .alias(alias)
                .map(version -> PromptFold.aliasDeleted(name, alias, clock.instant())));
    }

    private static PromptFold prompt(SortedMap<String, PromptFold> prompts, String name) {
        PromptFold prompt = prompts.get(requireNonNull(name, "name"));
        if (prompt == null) {
            throw new NoSuchElementException("the registry has no prompt \"" + name + '"');
        }
        return prompt;
    }

    @Override
    public void close() {
        events.close();
    }
}
