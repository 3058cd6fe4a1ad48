package dev.melancia.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Escaping, and the filling of templates. */
final class Html {

    private static final Pattern HOLE = Pattern.compile("\\{\\{([\\w.]+)}}");
    private static final Pattern NOT_IN_HTML = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private Html() {}

    /** A text for an element or a quoted attribute. */
    static String escape(String text) {
        return NOT_IN_HTML
                .matcher(text.replace("\r\n", "\n"))
                .replaceAll("\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Fills {@code {{name}}} holes in one pass, so that no value is read as a template. */
    static String fill(String template, Map<String, String> values) {
        return HOLE.matcher(template)
                .replaceAll(hole -> Matcher.quoteReplacement(values.getOrDefault(hole.group(1), "")));
    }

    /** A file beside this class. */
    static String resource(String name) {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the jar of melancia-mlops");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
