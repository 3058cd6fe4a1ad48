package dev.melancia.mlflow.prompt;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How prompts stand in tags: what Python's client and MLflow's pages write and read. */
final class PromptWire {

    static final String IS_PROMPT = "mlflow.prompt.is_prompt";
    static final String TEXT = "mlflow.prompt.text";
    static final String TYPE = "_mlflow_prompt_type";
    static final String RESPONSE_FORMAT = "_mlflow_prompt_response_format";
    static final String MODEL_CONFIG = "_mlflow_prompt_model_config";
    static final String EXPERIMENTS = "_mlflow_experiment_ids";
    static final String CHAT = "chat";

    private static final int MAX_TEXT = 100_000;
    private static final Set<String> OWN = Set.of(IS_PROMPT, TEXT, TYPE, RESPONSE_FORMAT, MODEL_CONFIG, EXPERIMENTS);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private PromptWire() {}

    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            String shown = name.length() <= 60 ? name : name.substring(0, 60) + "...";
            throw new IllegalArgumentException("prompt name must have 1 to 256 letters, digits, \"_\", \".\" and \"-\""
                    + " only, was \"" + shown + '"');
        }
        return name;
    }

    static String write(PromptTemplate template) {
        String text = template.isChat() ? write(template.messages()) : template.text();
        int length = text.codePointCount(0, text.length());
        if (length > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "prompt must have at most " + MAX_TEXT + " characters" + (template.isChat() ? " as JSON" : "")
                            + ", had " + length + "; move the long part into a variable");
        }
        return text;
    }

    private static String write(List<PromptMessage> messages) {
        ArrayNode array = JSON.createArrayNode();
        messages.forEach(
                message -> array.addObject().put("role", message.role()).put("content", message.content()));
        return array.toString();
    }

    static PromptTemplate read(String label, Map<String, String> tags) {
        String text = tags.get(TEXT);
        if (!tags.containsKey(IS_PROMPT) || text == null) {
            throw new IllegalArgumentException(label + " is a registered model, not a prompt; prompts have the tags "
                    + IS_PROMPT + " and " + TEXT);
        }
        return CHAT.equals(tags.get(TYPE))
                ? PromptTemplate.asStored(messages(label, text))
                : PromptTemplate.asStored(text);
    }

    private static List<PromptMessage> messages(String label, String text) {
        List<PromptMessage> messages = new ArrayList<>();
        try {
            for (JsonNode message : JSON.readTree(text)) {
                JsonNode content = message.path("content");
                if (!content.isTextual() || message.path("role").asText().isBlank()) {
                    throw unreadable(label);
                }
                messages.add(new PromptMessage(message.path("role").asText(), content.asText()));
            }
        } catch (JacksonException notJson) {
            throw unreadable(label); // Without the cause, whose message repeats the prompt.
        }
        return messages;
    }

    private static IllegalStateException unreadable(String label) {
        return new IllegalStateException("chat prompt " + label
                + " must be a list of messages, each with a role and a text as content, and is not; read it as it"
                + " stands with RegisteredModels.versions()");
    }

    static String object(String what, String json) {
        try {
            JsonNode parsed = JSON.readTree(json);
            if (parsed.isObject() && !parsed.isEmpty()) {
                return parsed.toString();
            }
        } catch (JacksonException notJson) {
            // Told below, without repeating the text.
        }
        throw new IllegalArgumentException(what + " must be a JSON object with at least one field");
    }

    static Map<String, String> othersThanOwn(Map<String, String> tags, String key) {
        Map<String, String> others = new LinkedHashMap<>(tags);
        others.keySet().removeAll(OWN);
        others.remove(key);
        return Map.copyOf(others);
    }

    /** The entries of a JSON list of links with those of {@code added}; empty when all are there already. */
    static Optional<String> withLinks(String current, List<PromptVersion> added) {
        ArrayNode links = links(current);
        int before = links.size();
        added.forEach(prompt -> add(links, prompt.name(), prompt.version()));
        return links.size() == before ? Optional.empty() : Optional.of(links.toString());
    }

    static Optional<String> withLink(String current, String name, int version) {
        ArrayNode links = links(current);
        int before = links.size();
        add(links, name, version);
        return links.size() == before ? Optional.empty() : Optional.of(links.toString());
    }

    private static void add(ArrayNode links, String name, int version) {
        JsonNode link = JSON.createObjectNode().put("name", name).put("version", String.valueOf(version));
        for (JsonNode one : links) {
            if (one.equals(link)) {
                return;
            }
        }
        links.add(link);
    }

    private static ArrayNode links(String current) {
        try {
            JsonNode parsed = JSON.readTree(current.isEmpty() ? "[]" : current);
            if (parsed instanceof ArrayNode array) {
                return array;
            }
        } catch (JacksonException notJson) {
            // Told below, without repeating the text.
        }
        throw new IllegalStateException("tag " + LinkedPrompts.TAG
                + " must be a JSON list of prompts, and is not; delete the tag to begin anew");
    }
}
