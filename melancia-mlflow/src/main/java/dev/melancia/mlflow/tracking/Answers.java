package dev.melancia.mlflow.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What MLflow's answers are made of. */
final class Answers {

    private Answers() {}

    /** Milliseconds; a time that was never told is left out or 0. */
    static Optional<Instant> time(JsonNode millis) {
        long value = millis.asLong(0);
        return value == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
    }

    /** A list of keys and values as a map. */
    static SortedMap<String, String> texts(JsonNode pairs) {
        SortedMap<String, String> texts = new TreeMap<>();
        pairs.forEach(
                pair -> texts.put(pair.path("key").asText(), pair.path("value").asText()));
        return Collections.unmodifiableSortedMap(texts);
    }

    /** A map as a list of keys and values. */
    static void write(Map<String, String> texts, ArrayNode pairs) {
        texts.forEach((key, value) -> pairs.addObject().put("key", key).put("value", value));
    }

    /** A double: NaN comes as text. */
    static double number(JsonNode value) {
        return value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText("NaN"));
    }

    /**
     * What comes in pages.
     *
     * @param id tells one from another
     */
    record Listed<T>(String field, Function<JsonNode, T> read, Function<T, ?> id) {}

    /**
     * What all pages hold, each once: pages are offsets, so that what is created meanwhile moves the end of one page to the
     * beginning of the next.
     *
     * @param page the answer for a token, which is empty for the first page
     */
    static <T> List<T> pages(Listed<T> listed, int limit, Function<String, JsonNode> page) {
        Map<Object, T> all = new LinkedHashMap<>();
        String token = "";
        do {
            JsonNode answer = page.apply(token);
            for (JsonNode item : answer.path(listed.field())) {
                if (all.size() < limit) {
                    T one = listed.read().apply(item);
                    all.putIfAbsent(listed.id().apply(one), one);
                }
            }
            String next = answer.path("next_page_token").asText("");
            token = next.equals(token) ? "" : next; // The same page again would never end.
        } while (!token.isEmpty() && all.size() < limit);
        return List.copyOf(all.values());
    }

    static JsonNode pageOf(MlflowApi api, String path, ObjectNode body, String token) {
        return api.post(path, token.isEmpty() ? body : body.put("page_token", token));
    }

    /** Empty when the server says that there is no such thing. */
    static <T> Optional<T> present(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (MlflowException failure) {
            if (failure.isNotFound()) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
