package dev.melancia.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.registry.ModelStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One model of a folder: its events added up. Changed while it is folded, then only read. */
final class ModelFold {

    static final String MODEL = "model";

    private final String name;
    private final SortedMap<Integer, RegisteredVersion> versions = new TreeMap<>(Collections.reverseOrder());
    private final Map<String, Integer> aliases = new HashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();
    private final List<ModelChange> history = new ArrayList<>();

    ModelFold(String name) {
        this.name = name;
    }

    static SortedMap<String, ModelFold> fold(List<JsonNode> events) {
        SortedMap<String, ModelFold> models = new TreeMap<>();
        for (JsonNode event : events) {
            ChangeJson.read(event)
                    .ifPresent(
                            change -> models.computeIfAbsent(event.path(MODEL).asText(), name -> new ModelFold(name))
                                    .add(event, change));
        }
        return models;
    }

    static ObjectNode event(String model, ModelChange change) {
        return ChangeJson.write(change).put(MODEL, model);
    }

    static ObjectNode registered(Registration registration, ModelChange change) {
        ObjectNode event = event(registration.model(), change).put("source", registration.source());
        registration.runId().ifPresent(id -> event.put("run", id));
        registration.key().ifPresent(key -> event.put("key", key));
        ChangeJson.put(event, "evidence", registration.evidence());
        return event;
    }

    private void add(JsonNode event, ModelChange change) {
        history.add(change);
        int number = change.version();
        switch (change.kind()) {
            case REGISTERED -> register(event, change);
            case MOVED -> move(number, ModelStage.of(change.detail()));
            case ROLLED_BACK -> move(number, ModelStage.PRODUCTION);
            case ALIAS_SET -> aliases.put(change.detail(), number);
            case ALIAS_DELETED -> aliases.remove(change.detail());
            default ->
                versions.computeIfPresent(number, (same, version) -> {
                    Map<String, String> tags = new HashMap<>(version.tags());
                    tags.putAll(ChangeJson.texts(event, "tags"));
                    return version.withTags(tags);
                });
        }
    }

    private void register(JsonNode event, ModelChange change) {
        Registration.Builder registration = Registration.ofSource(
                event.path(MODEL).asText(), event.path("source").asText());
        if (event.has("run")) {
            registration.runId(event.path("run").asText());
        }
        if (event.has("key")) {
            registration.key(event.path("key").asText());
            keys.put(event.path("key").asText(), change.version());
        }
        ChangeJson.texts(event, "evidence").forEach(registration::evidence);
        versions.put(
                change.version(),
                new RegisteredVersion(registration.build(), change.version(), change.at(), Optional.of(change.note())));
    }

    private void move(int number, ModelStage stage) {
        if (stage.active()) {
            versions.replaceAll(
                    (other, version) -> version.stage() == stage ? version.with(ModelStage.ARCHIVED) : version);
        }
        versions.computeIfPresent(number, (same, version) -> version.with(stage));
    }

    int nextVersion() {
        return versions.isEmpty() ? 1 : versions.firstKey() + 1;
    }

    Optional<RegisteredVersion> ofKey(String key) {
        return Optional.ofNullable(keys.get(key)).map(this::version);
    }

    RegisteredVersion version(int number) {
        RegisteredVersion version = versions.get(number);
        if (version == null) {
            throw new NoSuchElementException(name + " has no version " + number + ", its newest is "
                    + (versions.isEmpty() ? "none" : versions.firstKey()));
        }
        Set<String> names = aliases.entrySet().stream()
                .filter(alias -> alias.getValue() == number)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return version.withAliases(names);
    }

    List<RegisteredVersion> versions() {
        return versions.keySet().stream().map(this::version).toList();
    }

    Optional<Integer> alias(String alias) {
        return Optional.ofNullable(aliases.get(alias));
    }

    List<ModelChange> history() {
        return List.copyOf(history);
    }

    /** After everything that was recorded before, whatever the clock says. */
    Instant after(Instant now) {
        Instant last = history.isEmpty()
                ? Instant.MIN
                : history.get(history.size() - 1).at();
        return now.isAfter(last) ? now : last.plusNanos(1_000);
    }
}
