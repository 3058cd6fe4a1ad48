package dev.melancia.registry;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.registry.ModelStage;
import dev.melancia.mlflow.registry.ModelVersion;
import dev.melancia.mlflow.registry.ModelVersions;
import dev.melancia.mlflow.registry.NewVersion;
import dev.melancia.mlflow.registry.RegisteredModel;
import dev.melancia.mlflow.registry.RegisteredModels;
import dev.melancia.mlflow.registry.RegistryRules;
import dev.melancia.mlflow.rest.MlflowApi;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Models on an MLflow server. */
final class MlflowModels implements ModelRegistry {

    private static final String EVIDENCE = "melancia.evidence.";
    private static final String WHO = "melancia.registered_by";
    private static final String WHY = "melancia.registered_because";
    private static final String IS_PROMPT = "mlflow.prompt.is_prompt";
    private static final int MOST_MODELS = 100_000;

    private final InstantSource clock;
    private final RegisteredModels models;
    private final ModelVersions versions;
    private final HistoryTags history;

    MlflowModels(MlflowApi api, InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        this.models = RegisteredModels.on(api);
        this.versions = models.versions();
        this.history = new HistoryTags(models);
    }

    @Override
    public RegisteredVersion register(Registration registration, ChangeNote note) {
        NewVersion.Builder fresh = NewVersion.ofSource(registration.model(), registration.source());
        registration.runId().ifPresent(fresh::runId);
        registration.key().ifPresent(fresh::key);
        registration.evidence().forEach((name, value) -> fresh.tag(EVIDENCE + name, value));
        fresh.tag(WHO, note.who()).tag(WHY, note.why()).description(note.why());
        RegisteredModel model = models.ensure(registration.model());
        if (model.tags().containsKey(IS_PROMPT)) {
            throw new IllegalArgumentException(
                    "\"" + model.name() + "\" is a prompt, not a model; choose another name");
        }
        ModelVersion made = versions.register(fresh.build());
        history.add(
                model,
                new ModelChange(
                        made.createdAt(),
                        ModelChange.Kind.REGISTERED,
                        made.version(),
                        "",
                        noteOf(made).orElse(note),
                        true));
        return read(made, model.aliases());
    }

    @Override
    public RegisteredVersion move(String name, int version, ModelStage stage, ChangeNote note) {
        ModelVersion current = versions.get(name, version);
        RegisteredModel model = models.get(name);
        RegisteredVersion read = read(current, model.aliases());
        if (current.stage() == stage) {
            return read;
        }
        ProductionLine.checkMove(read, stage);
        ModelChange change = change(model, ModelChange.Kind.MOVED, version, stage.label(), note);
        return moved(model, change, stage);
    }

    private RegisteredVersion moved(RegisteredModel model, ModelChange change, ModelStage stage) {
        ModelVersion moved = history.around(
                model, change, () -> versions.moveTo(model.name(), change.version(), stage, stage.active()));
        return read(moved, model.aliases());
    }

    @Override
    public RegisteredVersion rollback(String name, int version, ChangeNote note) {
        versions.get(name, version);
        RegisteredModel model = models.get(name);
        RegisteredVersion back = ProductionLine.before(version, versions(model), HistoryTags.read(model));
        ModelStage production = ModelStage.PRODUCTION;
        return moved(
                model,
                change(model, ModelChange.Kind.ROLLED_BACK, back.version(), production.label(), note),
                production);
    }

    @Override
    public void setAlias(String name, String alias, int version, ChangeNote note) {
        RegistryRules.version(version);
        RegistryRules.alias(alias);
        RegisteredModel model = models.get(name);
        Integer current = model.aliases().get(alias);
        if (current != null && current == version) {
            return;
        }
        versions.get(name, version);
        ModelChange change = change(model, ModelChange.Kind.ALIAS_SET, version, alias, note);
        history.around(model, change, () -> {
            versions.setAlias(name, alias, version);
            return alias;
        });
    }

    @Override
    public void deleteAlias(String name, String alias, ChangeNote note) {
        RegistryRules.alias(alias);
        RegisteredModel model = models.get(name);
        Integer current = model.aliases().get(alias);
        if (current == null) {
            return;
        }
        ModelChange change = change(model, ModelChange.Kind.ALIAS_DELETED, current, alias, note);
        history.around(model, change, () -> {
            versions.deleteAlias(name, alias);
            return alias;
        });
    }

    @Override
    public void tag(String name, int version, Map<String, String> tags, ChangeNote note) {
        String keys = ModelRules.tags(tags);
        versions.get(name, version);
        RegisteredModel model = models.get(name);
        ModelChange change = change(model, ModelChange.Kind.TAGGED, version, keys, note);
        history.around(model, change, () -> {
            versions.tag(name, version, tags);
            return keys;
        });
    }

    private ModelChange change(
            RegisteredModel model, ModelChange.Kind kind, int version, String detail, ChangeNote note) {
        Instant at = HistoryTags.after(model, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return new ModelChange(at, kind, version, detail, note, false);
    }

    @Override
    public List<String> models() {
        return models.search("", MOST_MODELS).stream()
                .map(RegisteredModel::name)
                .sorted()
                .toList();
    }

    @Override
    public List<RegisteredVersion> versions(String name) {
        return models.find(name).map(this::versions).orElse(List.of());
    }

    private List<RegisteredVersion> versions(RegisteredModel model) {
        return versions.of(model.name()).stream()
                .map(version -> read(version, model.aliases()))
                .toList();
    }

    @Override
    public List<ModelChange> history(String name) {
        return HistoryTags.read(models.get(name));
    }

    private static RegisteredVersion read(ModelVersion version, Map<String, Integer> aliases) {
        Map<String, String> evidence = new LinkedHashMap<>();
        Map<String, String> tags = new LinkedHashMap<>();
        version.tags().forEach((key, value) -> {
            if (key.startsWith(EVIDENCE)) {
                evidence.put(key.substring(EVIDENCE.length()), value);
            } else if (!key.startsWith(ModelRules.OURS)) {
                tags.put(key, value);
            }
        });
        Set<String> names = aliases.entrySet().stream()
                .filter(alias -> alias.getValue() == version.version())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Registration stored = Registration.asStored(version, evidence);
        return new RegisteredVersion(stored, version.version(), version.createdAt(), noteOf(version))
                .with(version.stage())
                .withTags(tags)
                .withAliases(names);
    }

    /** Empty for a version that others registered. */
    private static Optional<ChangeNote> noteOf(ModelVersion version) {
        return Optional.ofNullable(version.tags().get(WHO))
                .flatMap(who -> ChangeNote.stored(who, version.tags().getOrDefault(WHY, "")));
    }

    @Override
    public void close() {
        // The connection is the caller's.
    }
}
