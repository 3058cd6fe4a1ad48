package dev.melancia.mlflow.registry;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What MLflow 3.17 accepts, checked before anything is sent, and by other stores that keep to the same names. Lengths are
 * those of its columns: SQLite does not look at them, PostgreSQL answers 500, which would be tried again for nothing.
 *
 * @since 0.1.0
 */
public final class RegistryRules {

    static final int MAX_NAME = 256;
    static final int MAX_DESCRIPTION = 5_000;
    static final int MAX_MODEL_TAG = 5_000;
    static final int MAX_VERSION_TAG = 100_000;

    private static final int MAX_SOURCE = 500;
    private static final int MAX_KEY = 250;
    private static final int MAX_ALIAS = 255;
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern VERSION_ALIAS = Pattern.compile("[vV]\\d+");
    private static final Pattern TAG_KEY = Pattern.compile("[\\w.\\-:/ ]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):/.+");
    private static final Pattern PATH_CHANGES = Pattern.compile("(^|.*/)\\.{1,2}(/.*|$)|/.*|.*//.*|.*/|\\.\\..*");

    private RegistryRules() {}

    /**
     * A model's name as it was given.
     *
     * @throws IllegalArgumentException when it is blank, longer than 256 characters, has {@code /} or {@code :}, is
     *     {@code .} or begins with {@code ..}
     */
    public static String modelName(String name) {
        text("model name", name, MAX_NAME);
        if (name.isBlank()
                || name.indexOf('/') >= 0
                || name.indexOf(':') >= 0
                || PATH_CHANGES.matcher(name).matches()) {
            throw new IllegalArgumentException("model name must not be blank, be \".\", begin with \"..\" or have \"/\""
                    + " or \":\", was " + quoted(name));
        }
        return name;
    }

    /**
     * A version's number as it was given.
     *
     * @throws IllegalArgumentException when it is below 1
     */
    public static int version(int version) {
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
        return version;
    }

    /** An alias that is only looked up: {@code latest} is the server's own. */
    static String aliasToFind(String alias) {
        text("alias", alias, MAX_ALIAS);
        if (!ALIAS.matcher(alias).matches()) {
            throw new IllegalArgumentException(
                    "alias must have letters, digits, \"_\" and \"-\" only, was " + quoted(alias));
        }
        return alias;
    }

    /**
     * An alias as it was given.
     *
     * @throws IllegalArgumentException when it is not 1 to 255 letters, digits, {@code _} and {@code -}, and when MLflow
     *     keeps it for itself ({@code latest}, {@code v} with a number)
     */
    public static String alias(String alias) {
        aliasToFind(alias);
        if (alias.toLowerCase(Locale.ROOT).equals("latest")
                || VERSION_ALIAS.matcher(alias).matches()) {
            throw new IllegalArgumentException("alias must not be \"latest\" or \"v\" with a number, which MLflow keeps"
                    + " for itself, was " + quoted(alias) + "; choose another");
        }
        return alias;
    }

    /**
     * Checks a tag.
     *
     * @param limit greatest length of the value, in characters
     * @throws IllegalArgumentException when the key is not 1 to 250 letters, digits and {@code _ - . : /} and space that
     *     read as a relative path, or the value is too long
     */
    public static void tag(String key, String value, int limit) {
        tagKey(key);
        text("value of tag " + quoted(key), value, limit);
    }

    static String tagKey(String key) {
        text("tag key", key, MAX_KEY);
        if (!TAG_KEY.matcher(key).matches() || PATH_CHANGES.matcher(key).matches()) {
            throw new IllegalArgumentException("tag key may only have letters, digits and _ - . : / and space, and must"
                    + " read as a relative path, was " + quoted(key));
        }
        return key;
    }

    static String source(String source) {
        text("source", source, MAX_SOURCE);
        boolean scheme = SCHEME.matcher(source).matches();
        String lower = source.toLowerCase(Locale.ROOT);
        if (!scheme || lower.startsWith("file:")) {
            throw new IllegalArgumentException(
                    "source must be runs:/<run>/<path>, mlflow-artifacts:/<path> or an object"
                            + " store's URI, was " + quoted(source)
                            + "; the server does not see files of this machine, so"
                            + " upload them as artifacts of a run first");
        }
        if (lower.startsWith("http:") || lower.startsWith("https:")) {
            throw new IllegalArgumentException("source must not be a web address, as MLflow fetches none, was "
                    + quoted(source) + "; upload the files as artifacts of a run and name those");
        }
        return source;
    }

    static String description(String description) {
        return text("description", description, MAX_DESCRIPTION);
    }

    static String text(String what, String text, int limit) {
        boolean bad = requireNonNull(text, what)
                .codePoints()
                .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (bad) {
            throw new IllegalArgumentException(what + " must be well-formed Unicode without the character U+0000");
        }
        int length = text.codePointCount(0, text.length());
        if (length > limit) {
            throw new IllegalArgumentException(
                    what + " must have at most " + limit + " characters, had " + length + "; store it as an artifact");
        }
        return text;
    }

    /** Of names and URIs, never of prompts. */
    static String quoted(String text) {
        return '"' + (text.length() <= 60 ? text : text.substring(0, 60) + "...") + '"';
    }
}
