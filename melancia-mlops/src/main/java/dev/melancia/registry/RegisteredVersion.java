package dev.melancia.registry;

import dev.melancia.mlflow.registry.ModelStage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A version of a model as it was read. Immutable.
 *
 * @since 0.1.0
 */
public final class RegisteredVersion {

    private final Registration registration;
    private final int version;
    private final ModelStage stage;
    private final Map<String, String> tags;
    private final Set<String> aliases;
    private final Instant registeredAt;
    private final Optional<ChangeNote> note;

    RegisteredVersion(Registration registration, int version, Instant registeredAt, Optional<ChangeNote> note) {
        this(registration, version, registeredAt, note, ModelStage.NONE, Map.of(), Set.of());
    }

    private RegisteredVersion(
            Registration registration,
            int version,
            Instant registeredAt,
            Optional<ChangeNote> note,
            ModelStage stage,
            Map<String, String> tags,
            Set<String> aliases) {
        this.registration = registration;
        this.version = version;
        this.registeredAt = registeredAt;
        this.note = note;
        this.stage = stage;
        this.tags = Map.copyOf(tags);
        this.aliases = Set.copyOf(aliases);
    }

    RegisteredVersion with(ModelStage newStage) {
        return new RegisteredVersion(registration, version, registeredAt, note, newStage, tags, aliases);
    }

    RegisteredVersion withTags(Map<String, String> newTags) {
        return new RegisteredVersion(registration, version, registeredAt, note, stage, newTags, aliases);
    }

    RegisteredVersion withAliases(Set<String> newAliases) {
        return new RegisteredVersion(registration, version, registeredAt, note, stage, tags, newAliases);
    }

    /** Name of the model. */
    public String model() {
        return registration.model();
    }

    /** Its number, at least 1, never given to another version. */
    public int version() {
        return version;
    }

    /** Name and version in one, such as {@code answers@3}. */
    public String label() {
        return model() + "@" + version;
    }

    /** How far it has come. */
    public ModelStage stage() {
        return stage;
    }

    /** Where it stands, or the model somebody serves. */
    public String source() {
        return registration.source();
    }

    /** The run it came from. */
    public Optional<String> runId() {
        return registration.runId();
    }

    /** What speaks for it. */
    public Map<String, String> evidence() {
        return registration.evidence();
    }

    /** Its tags, in no particular order. */
    public Map<String, String> tags() {
        return tags;
    }

    /** Its aliases, in the order of their letters. */
    public List<String> aliases() {
        return List.copyOf(new TreeSet<>(aliases));
    }

    /** When it was registered. */
    public Instant registeredAt() {
        return registeredAt;
    }

    /** Who registered it and why; empty when it was not registered through here. */
    public Optional<ChangeNote> note() {
        return note;
    }

    @Override
    public String toString() {
        return "RegisteredVersion[" + label() + ", " + stage.label() + "]";
    }
}
