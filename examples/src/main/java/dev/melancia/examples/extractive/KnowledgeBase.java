package dev.melancia.examples.extractive;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The texts that answers are quoted from. Read from lines of JSON, one passage a line:
 * {@code {"id":"rm-01","title":"…","text":"…"}}; blank lines are skipped, other fields are ignored. It holds everything
 * in memory, so it is not for more than some ten thousand passages. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class KnowledgeBase {

    private static final String BUNDLED = "knowledge-base.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Passage> passages;

    private KnowledgeBase(List<Passage> passages) {
        this.passages = List.copyOf(passages);
    }

    /**
     * A knowledge base of these passages.
     *
     * @throws IllegalArgumentException when there is none, or two have one id
     */
    public static KnowledgeBase of(List<Passage> passages) {
        if (passages.isEmpty()) {
            throw new IllegalArgumentException("a knowledge base needs at least one passage, had 0");
        }
        Set<String> ids = new HashSet<>();
        for (Passage passage : passages) {
            if (!ids.add(passage.id())) {
                throw new IllegalArgumentException("id \"" + passage.id() + "\" is used twice; rename one of them");
            }
        }
        return new KnowledgeBase(passages);
    }

    /** The one about retail media that comes along, read anew at each call. */
    public static KnowledgeBase bundled() {
        try (InputStream in = requireNonNull(
                        KnowledgeBase.class.getResourceAsStream(BUNDLED), BUNDLED + " is not in the jar");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads lines of JSON to the end; the caller closes the reader.
     *
     * @throws IllegalArgumentException when a line is not a passage, or its id was used before; the message has the
     *     number of the line, counted from 1
     * @throws IOException when the reader fails
     */
    public static KnowledgeBase read(Reader reader) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        List<Passage> passages = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                passages.add(passage(line, number, ids));
            }
        }
        return of(passages);
    }

    /** The passages, in the order in which they were given. */
    public List<Passage> passages() {
        return passages;
    }

    @Override
    public String toString() {
        return "KnowledgeBase[" + passages.size() + " passages]";
    }

    private static Passage passage(String line, int number, Set<String> ids) {
        try {
            JsonNode node = JSON.readTree(line);
            Passage passage = new Passage(string(node, "id"), string(node, "title"), string(node, "text"));
            if (!ids.add(passage.id())) {
                throw new IllegalArgumentException("id \"" + passage.id() + "\" was used on an earlier line");
            }
            return passage;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "knowledge base line " + number + ": must be one JSON object, was not JSON", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("knowledge base line " + number + ": " + e.getMessage(), e);
        }
    }

    private static String string(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(
                    field + " must be a string, was " + (value.isMissingNode() ? "missing" : value.getNodeType()));
        }
        return value.textValue();
    }
}
