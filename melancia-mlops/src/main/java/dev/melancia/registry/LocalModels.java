package dev.melancia.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.registry.ModelStage;
import dev.melancia.mlflow.registry.RegistryRules;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** Models in a folder: a journal of changes, added up by whoever reads. */
final class LocalModels implements ModelRegistry {

    private final InstantSource clock;
    private final EventFolder<SortedMap<String, ModelFold>> events;

    LocalModels(Path folder, InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        this.events = new EventFolder<>(requireNonNull(folder, "folder"), clock, ModelFold::fold);
    }

    @Override
    public RegisteredVersion register(Registration registration, ChangeNote note) {
        requireNonNull(note, "note");
        int[] version = new int[1];
        SortedMap<String, ModelFold> after = events.change(models -> {
            ModelFold model = models.getOrDefault(registration.model(), new ModelFold(registration.model()));
            Optional<RegisteredVersion> earlier = registration.key().flatMap(model::ofKey);
            version[0] = earlier.map(RegisteredVersion::version).orElse(model.nextVersion());
            ModelChange change = change(model, ModelChange.Kind.REGISTERED, version[0], "", note);
            return earlier.isPresent() ? Optional.empty() : Optional.of(ModelFold.registered(registration, change));
        });
        return model(after, registration.model()).version(version[0]);
    }

    @Override
    public RegisteredVersion move(String model, int version, ModelStage stage, ChangeNote note) {
        RegistryRules.version(version);
        requireNonNull(stage, "stage");
        return change(model, fold -> {
                    RegisteredVersion current = fold.version(version);
                    if (current.stage() == stage) {
                        return Optional.empty();
                    }
                    ProductionLine.checkMove(current, stage);
                    return Optional.of(change(fold, ModelChange.Kind.MOVED, version, stage.label(), note));
                })
                .version(version);
    }

    @Override
    public RegisteredVersion rollback(String model, int version, ChangeNote note) {
        RegistryRules.version(version);
        int[] back = new int[1];
        ModelFold after = change(model, fold -> {
            fold.version(version);
            back[0] = ProductionLine.before(version, fold.versions(), fold.history())
                    .version();
            String stage = ModelStage.PRODUCTION.label();
            return Optional.of(change(fold, ModelChange.Kind.ROLLED_BACK, back[0], stage, note));
        });
        return after.version(back[0]);
    }

    @Override
    public void setAlias(String model, String alias, int version, ChangeNote note) {
        RegistryRules.version(version);
        RegistryRules.alias(alias);
        change(model, fold -> {
            fold.version(version);
            return fold.alias(alias).filter(current -> current == version).isPresent()
                    ? Optional.empty()
                    : Optional.of(change(fold, ModelChange.Kind.ALIAS_SET, version, alias, note));
        });
    }

    @Override
    public void deleteAlias(String model, String alias, ChangeNote note) {
        RegistryRules.alias(alias);
        change(
                model,
                fold -> fold.alias(alias)
                        .map(version -> change(fold, ModelChange.Kind.ALIAS_DELETED, version, alias, note)));
    }

    @Override
    public void tag(String model, int version, Map<String, String> tags, ChangeNote note) {
        RegistryRules.version(version);
        String keys = ModelRules.tags(tags);
        events.change(models -> {
            ModelFold fold = model(models, model);
            fold.version(version);
            ModelChange change = change(fold, ModelChange.Kind.TAGGED, version, keys, note);
            ObjectNode event = ModelFold.event(model, change);
            ChangeJson.put(event, "tags", tags);
            return Optional.of(event);
        });
    }

    private ModelFold change(String name, Function<ModelFold, Optional<ModelChange>> decide) {
        SortedMap<String, ModelFold> after =
                events.change(models -> decide.apply(model(models, name)).map(change -> ModelFold.event(name, change)));
        return model(after, name);
    }

    private ModelChange change(ModelFold model, ModelChange.Kind kind, int version, String detail, ChangeNote note) {
        Instant at = model.after(clock.instant().truncatedTo(ChronoUnit.MICROS));
        return new ModelChange(at, kind, version, detail, note, true);
    }

    private static ModelFold model(SortedMap<String, ModelFold> models, String name) {
        ModelFold model = models.get(requireNonNull(name, "model"));
        if (model == null) {
            throw new NoSuchElementException("the registry has no model \"" + name + '"');
        }
        return model;
    }

    @Override
    public List<String> models() {
        return List.copyOf(events.state().keySet());
    }

    @Override
    public List<RegisteredVersion> versions(String model) {
        return events.state().getOrDefault(model, new ModelFold(model)).versions();
    }

    @Override
    public List<ModelChange> history(String model) {
        return model(events.state(), model).history();
    }

    @Override
    public void close() {
        events.close();
    }
}
