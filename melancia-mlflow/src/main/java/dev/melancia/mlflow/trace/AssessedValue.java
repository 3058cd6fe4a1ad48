package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What an assessment says. Immutable.
 *
 * @param text the value in words; the message of an error
 * @param raw whether the text is a JSON number or truth rather than a string
 * @param errorCode of a scorer that failed
 */
record AssessedValue(
        String text,
        boolean raw,
        boolean expectation,
        @Nullable String errorCode) {

    static AssessedValue number(double number, boolean expectation) {
        return new AssessedValue(Double.toString(Rules.finite("value", number)), true, expectation, null);
    }

    static AssessedValue truth(boolean truth, boolean expectation) {
        return new AssessedValue(Boolean.toString(truth), true, expectation, null);
    }

    static AssessedValue text(String text, boolean expectation) {
        return new AssessedValue(requireNonNull(text, "value"), false, expectation, null);
    }

    static AssessedValue error(String code, String message) {
        return new AssessedValue(requireNonNull(message, "message"), false, false, code);
    }

    void write(JsonGenerator json, BoundedText bound) throws IOException {
        json.writeObjectFieldStart(expectation ? "expectation" : "feedback");
        if (errorCode != null) {
            json.writeObjectFieldStart("error");
            json.writeStringField("error_code", errorCode);
            json.writeStringField("error_message", bound.of(text));
            json.writeEndObject();
        } else if (raw) {
            json.writeFieldName("value");
            json.writeRawValue(text);
        } else {
            json.writeStringField("value", bound.of(text));
        }
        json.writeEndObject();
    }
}
