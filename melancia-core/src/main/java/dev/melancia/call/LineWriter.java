package dev.melancia.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes the fields of one line within its limits; what is absent is not written. Confined to one thread. */
final class LineWriter {

    /** Writes a part of a line. */
    interface Part<T> {
        void write(LineWriter line, T value) throws IOException;
    }

    private static final JsonFactory JSON = new JsonFactory();

    final JsonGenerator json;
    final LineLimits limits;

    private LineWriter(JsonGenerator json, LineLimits limits) {
        this.json = json;
        this.limits = limits;
    }

    /** One object as a line, without the line end. */
    static <T> String line(T value, LineLimits limits, Part<T> part) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            LineWriter line = new LineWriter(json, limits);
            json.writeStartObject();
            json.writeNumberField("v", CallRecordJson.VERSION);
            part.write(line, value);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter cannot fail", e);
        }
        return text.toString();
    }

    /** A text that is short by nature, as it is. */
    void plain(String field, String value) throws IOException {
        json.writeStringField(field, value);
    }

    void text(String field, String value) throws IOException {
        json.writeStringField(field, limits.cut(value));
    }

    void text(String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            text(field, value.get());
        }
    }

    void model(String field, Optional<ModelId> model) throws IOException {
        text(field, model.map(ModelId::toString));
    }

    /** A constant of an enumeration, in lower case. */
    void constant(String field, Enum<?> value) throws IOException {
        json.writeStringField(field, value.name().toLowerCase(Locale.ROOT));
    }

    void number(String field, long value) throws IOException {
        json.writeNumberField(field, value);
    }

    void number(String field, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsLong());
        }
    }

    void number(String field, OptionalInt value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsInt());
        }
    }

    void truth(String field, boolean value) throws IOException {
        json.writeBooleanField(field, value);
    }

    /** An amount and how far it can be trusted, the currency beside it; nothing when it is unknown. */
    void cost(Cost cost) throws IOException {
        if (cost.usd().isPresent()) {
            amount("cost", cost);
            json.writeStringField("currency", "USD");
            constant("cost_kind", cost.kind());
        }
    }

    /** An amount alone; nothing when it is unknown. */
    void amount(String field, Cost cost) throws IOException {
        if (cost.usd().isPresent()) {
            json.writeStringField(field, cost.usd().get().stripTrailingZeros().toPlainString());
        }
    }

    /** As much of a list as the limits allow, and how many were left out. */
    <T> void items(String field, List<T> all, List<T> written, Part<T> part) throws IOException {
        json.writeArrayFieldStart(field);
        for (T item : written) {
            part.write(this, item);
        }
        json.writeEndArray();
        if (written.size() < all.size()) {
            json.writeNumberField(field + "_left_out", all.size() - written.size());
        }
    }
}
