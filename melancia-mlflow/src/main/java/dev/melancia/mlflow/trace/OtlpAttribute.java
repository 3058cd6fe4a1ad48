package dev.melancia.mlflow.trace;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * One attribute in OTLP/JSON. Immutable.
 *
 * @param text the value as text, or a part of raw JSON for {@link Form#KEY_VALUES}
 */
record OtlpAttribute(String key, Form form, String text) {

    /** The forms of a value that are used here, by their field in OTLP. */
    enum Form {
        TEXT("stringValue"),
        WHOLE("intValue"),
        DECIMAL("doubleValue"),
        TRUTH("boolValue"),
        KEY_VALUES("kvlistValue");

        private final String field;

        Form(String field) {
            this.field = field;
        }
    }

    static OtlpAttribute text(String key, String value) {
        return new OtlpAttribute(key, Form.TEXT, value);
    }

    static OtlpAttribute whole(String key, long value) {
        return new OtlpAttribute(key, Form.WHOLE, Long.toString(value));
    }

    void write(JsonGenerator json, BoundedText bound) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeObjectFieldStart("value");
        json.writeFieldName(form.field);
        switch (form) {
            case TEXT -> json.writeString(bound.of(text));
            case WHOLE -> json.writeString(text);
            case DECIMAL, TRUTH, KEY_VALUES -> json.writeRawValue(text);
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
