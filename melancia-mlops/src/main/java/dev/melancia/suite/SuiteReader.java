package dev.melancia.suite;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.melancia.suite.SuiteFile.SubjectEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a suite as a {@link SuiteFile}: every field known, every required one there. */
final class SuiteReader {

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .build();

    private final String file;

    SuiteReader(String file) {
        this.file = file;
    }

    SuiteFile read(String text) {
        SuiteFile suite = parse(text);
        if (suite.v() != VERSION) {
            throw problem(
                    "v", "must be " + VERSION + ", was " + suite.v() + "; this version of the library reads no other");
        }
        required(suite.name(), "name", "a text");
        required(suite.dataset(), "dataset", "the path of a file, seen from the suite's folder");
        List<SubjectEntry> subjects = suite.subjects();
        if (subjects == null || subjects.isEmpty()) {
            throw problem(
                    "subjects", "must hold at least one object with a model, such as {\"model\":\"ollama/phi3:mini\"}");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < subjects.size(); i++) {
            SubjectEntry subject = subjects.get(i);
            String place = "subjects[" + i + "]";
            if (subject == null) {
                throw problem(place, "must be an object with a model, was null");
            }
            required(subject.model(), place + ".model", "a provider and a model, such as openai/gpt-4o-mini");
            if (!names.add(Suite.nameOf(subject))) {
                throw problem(
                        place, "is a second \"" + Suite.nameOf(subject) + "\"; give one of them a name of its own");
            }
        }
        return suite;
    }

    private SuiteFile parse(String text) {
        try {
            SuiteFile suite = JSON.readValue(text, SuiteFile.class);
            if (suite == null) {
                throw problem("", "must be an object, was null");
            }
            return suite;
        } catch (UnrecognizedPropertyException e) {
            throw problem(
                    place(e),
                    "unknown field; known are "
                            + e.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        } catch (MismatchedInputException e) {
            throw problem(place(e), "must be " + wanted(e) + position(e));
        } catch (JsonMappingException e) {
            throw problem(place(e), "cannot be read" + position(e));
        } catch (JsonProcessingException e) {
            throw problem("", "not valid JSON" + position(e));
        }
    }

    private void required(@Nullable String value, String place, String what) {
        if (value == null || value.isBlank()) {
            throw problem(place, "must be " + what + ", was " + (value == null ? "missing" : "blank"));
        }
    }

    private static String wanted(MismatchedInputException e) {
        Class<?> type = e.getTargetType() == null ? Object.class : e.getTargetType();
        if (Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class)) {
            return "a number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return List.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    /** Such as {@code subjects[1].model}. */
    private static String place(JsonMappingException e) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return place.toString();
    }

    private static String position(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    SuiteException problem(String place, String problem) {
        return new SuiteException(file, place, problem);
    }
}
