package dev.melancia.mlflow.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes JSON that has to fit: with its texts cut shorter and shorter until it does. Stateless. */
final class Fitting {

    private static final int SHORTEST_TEXT = 32;
    private static final JsonFactory JSON = new JsonFactory();

    private Fitting() {}

    /** What is written. */
    interface Content {
        void write(JsonGenerator json, BoundedText bound) throws IOException;
    }

    static String within(int bytes, BoundedText first, Content content) {
        BoundedText bound = first;
        byte[] written = write(bound, content);
        while (written.length > bytes && bound.characters() > SHORTEST_TEXT) {
            bound = bound.tighter();
            written = write(bound, content);
        }
        if (written.length > bytes) {
            throw new IllegalStateException("a trace or assessment must fit into " + bytes
                    + " bytes of JSON, had " + written.length + " with its texts cut to " + bound.characters()
                    + " characters; give it fewer spans, attributes or tags");
        }
        return new String(written, StandardCharsets.UTF_8);
    }

    private static byte[] write(BoundedText bound, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            content.write(json, bound);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return bytes.toByteArray();
    }
}
