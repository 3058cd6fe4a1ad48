package dev.melancia.mlflow.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What MLflow 3.17 accepts, found by sending it to a real server: the characters of a key are those of Python's
 * {@code [/\w.\- :]}, a key must not change when it is normalised as a path, and longer values are cut in silence.
 */
final class RunEventRules {

    static final int MAX_KEY = 250;
    static final int MAX_PARAM_VALUE = 6000;
    static final int MAX_TAG_VALUE = 8000;

    /** As is what follows, the length of a column of MLflow: PostgreSQL refuses longer ones, and the whole run with them. */
    static final int MAX_RUN_NAME = 250;

    static final int MAX_EXPERIMENT = 256;
    static final int MAX_DATASET_NAME = 500;

    /** Of a digest and of a kind of source. */
    static final int MAX_DATASET_TOKEN = 36;

    private static final int MAX_PATH = 500;

    /** Ours: MLflow takes 65,535 characters and more depending on its database. */
    static final int MAX_DATASET_TEXT = 65_000;

    private static final int RUN_ID_LENGTH = 32;

    /** Depth of a JSON text: Jackson reads 1,000 levels, and those around it in a line or a request count. */
    private static final int MAX_DEPTH = 900;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /**
     * What the server refuses or changes in silence. It decodes an artifact's path until it no longer changes, so "a%62" is
     * stored as "ab"; it reads a path as a URI, so "a?" becomes "a" and what is in a folder "a;" is never listed again.
     */
    private static final Pattern CHANGED_BY_SERVER = Pattern.compile("#|%\\p{XDigit}{2}|[?;](?:/|$)|\\x7F");

    private static final Pattern SLASH = Pattern.compile("/");

    private RunEventRules() {}

    static void runId(String id) {
        id("run id", id);
    }

    static void id(String what, String id) {
        boolean form = requireNonNull(id, what).length() == RUN_ID_LENGTH;
        for (int i = 0; form && i < RUN_ID_LENGTH; i++) {
            char c = id.charAt(i);
            form = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!form) {
            throw new IllegalArgumentException(what + " must be 32 hexadecimal digits, was \"" + shown(id) + '"');
        }
    }

    /** It is written into the line as it is, so anything else would break the line or add fields to it. */
    static void jsonObject(String what, String json, int limit) {
        wellFormed(what, json);
        atMost(what, json, limit);
        if (json.indexOf('\n') >= 0 || !isObject(what, json)) {
            throw new IllegalArgumentException(
                    what + " must be one JSON object on one line, with at most " + MAX_DEPTH + " levels");
        }
    }

    private static boolean isObject(String what, String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            int depth = 1;
            while (object && depth > 0) {
                JsonToken token = parser.nextToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
                    noLoneSurrogates(what, parser.getText()); // Escaped ones, which could not be read back.
                }
            }
            return object && parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    static Instant time(Instant at) {
        if (requireNonNull(at, "at").isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("time must not be before 1970, was " + at);
        }
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    static void experiment(String name) {
        name("experiment", name, MAX_EXPERIMENT);
    }

    static void name(String what, String name, int limit) {
        wellFormed(what, name);
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        atMost(what, name, limit);
    }

    static void key(String what, String key) {
        if (isPlain(requireNonNull(key, "key"))) {
            return; // Nearly all keys; the full check would double the cost of reading a journal.
        }
        wellFormed(what + " key", key);
        atMost(what + " key", key, MAX_KEY);
        key.codePoints()
                .filter(character -> !allowedInKey(character))
                .findFirst()
                .ifPresent(character -> {
                    throw new IllegalArgumentException(
                            what + " key may only have letters, digits and _ - . : / and space, had " + named(character)
                                    + " in \"" + shown(key) + '"');
                });
        if (key.startsWith("..") || changesAsPath(key)) {
            throw new IllegalArgumentException(what + " key must not be empty, begin with \"..\" or have a path segment"
                    + " that is empty, \".\" or \"..\", was \"" + shown(key) + '"');
        }
    }

    private static boolean isPlain(String key) {
        boolean plain = !key.isEmpty() && key.length() <= MAX_KEY;
        for (int i = 0; plain && i < key.length(); i++) {
            char c = key.charAt(i);
            plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        }
        return plain;
    }

    static void value(String what, String key, String value) {
        String name = what + " \"" + key + '"';
        wellFormed(name, value);
        int limit = what.equals("tag") ? MAX_TAG_VALUE : MAX_PARAM_VALUE;
        if (value.codePointCount(0, value.length()) > limit) {
            throw new IllegalArgumentException("value of " + name + " must have at most " + limit + " characters, had "
                    + value.codePointCount(0, value.length()) + "; store it as an artifact");
        }
    }

    static void artifactPath(String path) {
        wellFormed("artifact path", path);
        boolean control = path.chars().anyMatch(c -> c < ' ' || c == '\\');
        if (control || changesAsPath(path)) {
            throw new IllegalArgumentException("artifact path must be relative with \"/\" between its segments, none of"
                    + " them empty, \".\" or \"..\", without \"\\\" and control characters, was \"" + shown(path)
                    + '"');
        }
        if (CHANGED_BY_SERVER.matcher(path).find()) {
            throw new IllegalArgumentException("artifact path must not have \"#\", \"%\" before two hexadecimal digits,"
                    + " or \"?\" or \";\" at the end of a name, as MLflow refuses or renames them, was \"" + shown(path)
                    + "\"; give it another path");
        }
        atMost("artifact path", path, MAX_PATH);
    }

    private static boolean changesAsPath(String path) {
        return Arrays.stream(SLASH.split(path, -1))
                .anyMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
    }

    /** Python's \w in a pattern of text: letters and every kind of number, no combining marks. */
    private static boolean allowedInKey(int character) {
        int type = Character.getType(character);
        return Character.isLetter(character)
                || type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER
                || "_-.:/ ".indexOf(character) >= 0;
    }

    private static void wellFormed(String what, String text) {
        requireNonNull(text, what);
        boolean bad = text.codePoints()
                .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (bad) {
            throw new IllegalArgumentException(what + " must be well-formed Unicode without the character U+0000");
        }
    }

    private static void noLoneSurrogates(String what, String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException(what + " must be well-formed Unicode, had a lone surrogate");
        }
    }

    private static void atMost(String what, String text, int limit) {
        int length = text.codePointCount(0, text.length());
        if (length > limit) {
            throw new IllegalArgumentException(
                    what + " must have at most " + limit + " characters, had " + length + ": \"" + shown(text) + '"');
        }
    }

    private static String named(int character) {
        return Character.isISOControl(character)
                ? Character.getName(character)
                : "'" + Character.toString(character) + "'";
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
