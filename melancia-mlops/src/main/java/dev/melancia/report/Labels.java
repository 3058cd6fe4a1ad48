package dev.melancia.report;

import static java.util.Objects.requireNonNull;

import dev.melancia.analysis.ReportLanguage;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Every word of a report that does not come from the run, in one language. Immutable. */
final class Labels {

    private static final Map<ReportLanguage, Labels> ALL = new EnumMap<>(Map.of(
            ReportLanguage.ENGLISH, read(ReportLanguage.ENGLISH, "labels-en.properties"),
            ReportLanguage.PORTUGUESE, read(ReportLanguage.PORTUGUESE, "labels-pt.properties")));

    private final ReportLanguage language;
    private final Map<String, String> texts;

    private Labels(ReportLanguage language, Map<String, String> texts) {
        this.language = language;
        this.texts = Map.copyOf(texts);
    }

    static Labels of(ReportLanguage language) {
        return requireNonNull(ALL.get(language), "labels");
    }

    private static Labels read(ReportLanguage language, String resource) {
        Properties properties = new Properties();
        try (StringReader in = new StringReader(Html.resource(resource))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return new Labels(language, texts);
    }

    ReportLanguage language() {
        return language;
    }

    /** All keys with their texts. */
    Map<String, String> texts() {
        return texts;
    }

    /** A text, its {@code {0}}, {@code {1}} filled with values in one pass. */
    String get(String key, Object... values) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no label " + key + " in " + language);
        }
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean hole = text.charAt(i) == '{' && i + 2 < text.length() && text.charAt(i + 2) == '}';
            int index = hole ? text.charAt(i + 1) - '0' : -1;
            if (index >= 0 && index < values.length) {
                filled.append(values[index]);
                i += 2;
            } else {
                filled.append(text.charAt(i));
            }
        }
        return filled.toString();
    }
}
