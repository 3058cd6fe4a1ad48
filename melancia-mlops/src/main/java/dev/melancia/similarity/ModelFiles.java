package dev.melancia.similarity;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Reads and writes the resources of this package. */
final class ModelFiles {

    static final String WEIGHTS = "similarity-pt.properties";
    static final String STEMS = "stems-pt.bin";
    static final String GRAMS = "grams-pt.bin";
    private static final String SYNONYMS = "synonyms-pt.txt";
    private static final String NOTE =
            "# Fitted to ASSIN 2016 (MIT licence), Brazilian training and development part, by"
                    + " dev.melancia.similarity.TrainingCommand. Do not edit.\n";

    private ModelFiles() {}

    /** The contents of the model's files by name. */
    static Map<String, byte[]> write(Model model) {
        StringBuilder text = new StringBuilder(NOTE);
        text.append("sentences=").append(model.sentences()).append('\n');
        for (Feature feature : Feature.values()) {
            text.append(feature)
                    .append('=')
                    .append(model.weights().get(feature))
                    .append('\n');
        }
        text.append("unrelated=").append(model.unrelated()).append('\n');
        text.append("same=").append(model.same()).append('\n');
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(WEIGHTS, text.toString().getBytes(StandardCharsets.UTF_8));
        files.put(STEMS, model.stems());
        files.put(GRAMS, model.grams());
        return files;
    }

    static Model model() {
        Properties values = new Properties();
        try {
            values.load(new StringReader(text(WEIGHTS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Feature, Double> weights = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) {
            weights.put(feature, number(values, feature.name()));
        }
        return new Model(
                (int) number(values, "sentences"),
                bytes(STEMS),
                bytes(GRAMS),
                weights,
                number(values, "unrelated"),
                number(values, "same"));
    }

    static Synonyms synonyms() {
        return new Synonyms(text(SYNONYMS).lines().toList());
    }

    private static double number(Properties values, String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(WEIGHTS + " must hold " + name + "; fit the model again");
        }
        return Double.parseDouble(value);
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = ModelFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar must hold " + name + " in dev/melancia/similarity");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
