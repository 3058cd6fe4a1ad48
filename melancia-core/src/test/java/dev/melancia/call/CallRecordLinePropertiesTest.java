package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a line holds, reading it throws nothing; a failure prints the seed that makes it happen again. */
class CallRecordLinePropertiesTest {

    private static final int CASES = 4_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1e400",
            "123456789012345678901234567890",
            "\"\"",
            "\"/\"",
            "\"openai/\"",
            "\"Openai/x\"",
            "\"\\ud83c\"",
            "\"-9223372036854775808\"",
            "\"1e2147483647\"",
            "\"-0\"",
            "[]",
            "[[],null,3,\"x\",{}]",
            "{}",
            "{\"a\":{\"b\":1},\"c\":\"d\"}");

    private final List<String> lines = Stream.concat(
                    SampleRecords.maximal().stream(), Stream.of(SampleRecords.unknown()))
            .map(CallRecordJson::line)
            .toList();

    @Test
    void bytesThatWereChangedOrLostThrowNothing() {
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(i);
            StringBuilder line = new StringBuilder(lines.get(random.nextInt(lines.size())));
            for (int change = random.nextInt(4); change >= 0 && !line.isEmpty(); change--) {
                int at = random.nextInt(line.length());
                switch (random.nextInt(3)) {
                    case 0 -> line.setCharAt(at, (char) random.nextInt(0x180));
                    case 1 -> line.deleteCharAt(at);
                    default -> line.setLength(at + 1);
                }
            }
            readAll(line.toString(), i);
        }
    }

    @Test
    void fieldsOfAnotherTypeThrowNothing() throws IOException {
        int read = 0;
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(i);
            ObjectNode line = (ObjectNode) JSON.readTree(lines.get(random.nextInt(lines.size())));
            change(line, random);
            read += readAll(line.toString(), i) ? 1 : 0;
        }
        assertThat(read).isBetween(CASES / 2, CASES - 1);
    }

    private static void change(JsonNode node, Random random) throws IOException {
        JsonNode odd = JSON.readTree(ODD.get(random.nextInt(ODD.size())));
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names =
                    object.properties().stream().map(field -> field.getKey()).toList();
            String name = names.get(random.nextInt(names.size()));
            if (object.path(name).isContainerNode() && random.nextInt(4) > 0) {
                change(object.path(name), random);
            } else {
                object.set(name, odd);
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            int at = random.nextInt(array.size());
            if (random.nextInt(4) > 0) {
                change(array.get(at), random);
            } else {
                array.set(at, odd);
            }
        }
    }

    /** Asks a line for everything; whether it was a call record. */
    private static boolean readAll(String text, int seed) {
        try {
            Optional<CallRecordLine> line = CallRecordLine.parse(text);
            if (line.isPresent()) {
                askAll(line.get());
                for (CallRecordLine.AttemptLine attempt : line.get().attempts()) {
                    askAll(attempt);
                }
            }
            return line.isPresent();
        } catch (Exception e) {
            return fail("seed " + seed + ": " + text, e);
        }
    }

    private static void askAll(Object line) throws ReflectiveOperationException {
        for (Method accessor : line.getClass().getDeclaredMethods()) {
            if (java.lang.reflect.Modifier.isPublic(accessor.getModifiers()) && accessor.getParameterCount() == 0) {
                assertThat(accessor.invoke(line)).as(accessor.getName()).isNotNull();
            }
        }
    }
}
