package dev.melancia.mlflow.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Events as JSON lines: {@code v} first, times in epoch microseconds, what is absent is unknown, unknown fields and
 * types are ignored. Stateless, thread-safe.
 *
 * @since 0.1.0
 */
public final class EventCodec {

    private static final JsonFactory JSON = new JsonFactory();

    private EventCodec() {}

    /** The event as one JSON object on one line, in UTF-8. */
    public static byte[] encode(TrackingEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            EventWriter.write(event, json);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return bytes.toByteArray();
    }

    /**
     * The event of a line, or empty when the line is something else than an event.
     *
     * @throws IllegalArgumentException when it is an event that breaks a rule, or is not JSON
     */
    public static Optional<TrackingEvent> decode(byte[] line) {
        EventFields fields = new EventFields();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("an event must be a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.read(name, json);
            }
        } catch (IOException notJson) {
            throw new IllegalArgumentException("an event must be JSON", notJson);
        }
        return fields.event();
    }
}
