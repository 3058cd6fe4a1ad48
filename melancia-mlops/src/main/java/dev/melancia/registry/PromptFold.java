package dev.melancia.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptMessage;
import dev.melancia.mlflow.prompt.PromptTemplate;
import dev.melancia.mlflow.prompt.PromptVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One prompt of a folder: its events added up. Changed while it is folded, then only read. */
final class PromptFold {

    private static final String PROMPT = "prompt";
    private static final String KIND = "kind";
    private static final String REGISTERED = "prompt_registered";
    private static final String ALIAS_SET = "prompt_alias_set";
    private static final String ALIAS_DELETED = "prompt_alias_deleted";

    private final String name;
    private final SortedMap<Integer, PromptVersion> versions = new TreeMap<>(Collections.reverseOrder());
    private final Map<String, Integer> aliases = new HashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();

    PromptFold(String name) {
        this.name = name;
    }

    static SortedMap<String, PromptFold> fold(List<JsonNode> events) {
        SortedMap<String, PromptFold> prompts = new TreeMap<>();
        for (JsonNode event : events) {
            if (event.has(PROMPT)) {
                prompts.computeIfAbsent(event.path(PROMPT).asText(), name -> new PromptFold(name))
                        .add(event);
            }
        }
        return prompts;
    }

    static ObjectNode registered(NewPrompt prompt, int version, Instant at) {
        ObjectNode event = event(REGISTERED, prompt.name(), at).put("version", version);
        PromptTemplate template = prompt.template();
        if (template.isChat()) {
            template.messages()
                    .forEach(message -> event.withArray("messages")
                            .addObject()
                            .put("role", message.role())
                            .put("content", message.content()));
        } else {
            event.put("text", template.text());
        }
        event.put("message", prompt.message());
        ChangeJson.put(event, "tags", prompt.tags());
        prompt.responseFormat().ifPresent(json -> event.put("response_format", json));
        prompt.modelConfig().ifPresent(json -> event.put("model_config", json));
        prompt.key().ifPresent(key -> event.put("key", key));
        return event;
    }

    static ObjectNode aliasSet(String name, String alias, int version, Instant at) {
        return event(ALIAS_SET, name, at).put("alias", alias).put("version", version);
    }

    static ObjectNode aliasDeleted(String name, String alias, Instant at) {
        return event(ALIAS_DELETED, name, at).put("alias", alias);
    }

    private static ObjectNode event(String kind, String name, Instant at) {
        ObjectNode event = ChangeJson.JSON.createObjectNode().put("v", 1).put("at", ChangeJson.micros(at));
        return event.put(KIND, kind).put(PROMPT, name);
    }

    private void add(JsonNode event) {
        switch (event.path(KIND).asText()) {
            case REGISTERED -> register(event);
            case ALIAS_SET ->
                aliases.put(event.path("alias").asText(), event.path("version").asInt());
            case ALIAS_DELETED -> aliases.remove(event.path("alias").asText());
            default -> {
                // Of a later release.
            }
        }
    }

    private void register(JsonNode event) {
        NewPrompt.Builder prompt = NewPrompt.of(event.path(PROMPT).asText(), template(event))
                .message(event.path("message").asText());
        ChangeJson.texts(event, "tags").forEach(prompt::tag);
        if (event.has("response_format")) {
            prompt.responseFormat(event.path("response_format").asText());
        }
        if (event.has("model_config")) {
            prompt.modelConfig(event.path("model_config").asText());
        }
        int version = event.path("version").asInt();
        if (event.has("key")) {
            keys.put(event.path("key").asText(), version);
        }
        versions.put(version, PromptVersion.of(prompt.build(), version, ChangeJson.time(event)));
    }

    private static PromptTemplate template(JsonNode event) {
        if (event.has("text")) {
            return PromptTemplate.text(event.path("text").asText());
        }
        List<PromptMessage> messages = new ArrayList<>();
        event.path("messages")
                .forEach(message -> messages.add(new PromptMessage(
                        message.path("role").asText(), message.path("content").asText())));
        return PromptTemplate.chat(messages);
    }

    int nextVersion() {
        return versions.isEmpty() ? 1 : versions.firstKey() + 1;
    }

    Optional<PromptVersion> ofKey(String key) {
        return Optional.ofNullable(keys.get(key)).map(this::version);
    }

    PromptVersion version(int number) {
        PromptVersion version = versions.get(number);
        if (version == null) {
            throw new NoSuchElementException(name + " has no version " + number + ", its newest is "
                    + (versions.isEmpty() ? "none" : versions.firstKey()));
        }
        return version;
    }

    PromptVersion latest() {
        return version(versions.firstKey());
    }

    List<PromptVersion> versions() {
        return List.copyOf(versions.values());
    }

    Optional<Integer> alias(String alias) {
        return Optional.ofNullable(aliases.get(alias));
    }
}
