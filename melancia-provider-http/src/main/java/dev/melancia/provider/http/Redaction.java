package dev.melancia.provider.http;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.melancia.provider.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Blanks keys out of what a server sends back: some repeat the key in the body of a 401, and a parser repeats the start
 * of a body it cannot read. Errors are always blanked. Answers are blanked only of keys of {@value #REAL_KEY} characters
 * or more, because local servers are given words such as {@code EMPTY} or {@code ollama} for a key, and those may well
 * stand in an answer. Immutable.
 */
final class Redaction {

    static final int REAL_KEY = 16;

    private static final String BLANK = "***";

    private final List<String> keys;
    private final List<String> realKeys;

    private Redaction(List<String> keys) {
        this.keys = keys;
        this.realKeys = keys.stream().filter(key -> key.length() >= REAL_KEY).toList();
    }

    static Redaction of(List<Secret> secrets) {
        return new Redaction(secrets.stream().map(Secret::reveal).toList());
    }

    String error(String text) {
        return blank(text, keys);
    }

    byte[] answer(byte[] body) {
        if (realKeys.isEmpty()) {
            return body;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        String blanked = blank(text, realKeys);
        return blanked.equals(text) ? body : blanked.getBytes(StandardCharsets.UTF_8);
    }

    ServerSentEvent answer(ServerSentEvent event) {
        String data = event.data();
        String blanked = data == null ? null : blank(data, realKeys);
        return data == null || data.equals(blanked) ? event : new ServerSentEvent(event.event(), blanked);
    }

    Map<String, List<String>> headers(Map<String, List<String>> headers) {
        Map<String, List<String>> blanked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> blanked.put(
                name, values.stream().map(value -> blank(value, keys)).toList()));
        return blanked;
    }

    private static String blank(String text, List<String> keys) {
        String blanked = text;
        for (String key : keys) {
            blanked = blanked.replace(key, BLANK);
        }
        return blanked;
    }

    @Override
    public String toString() {
        return "Redaction[" + keys.size() + " keys]";
    }
}
