package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schema and the page in docs say what is written. */
class CallRecordSchemaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path DOCS = Path.of("..", "docs");

    private final JsonNode schema = JSON.readTree(Files.readString(DOCS.resolve("call-record.schema.json")));
    private final JsonShape shape = new JsonShape(schema);

    CallRecordSchemaTest() throws IOException {}

    private static List<String> calls() {
        return Stream.concat(
                        SampleRecords.maximal().stream(), Stream.of(SampleRecords.unknown(), AbsurdRecords.of("x")))
                .map(CallRecordJson::line)
                .toList();
    }

    private static List<String> feedback() {
        UserFeedback full = SampleRecords.feedback(SampleRecords.full());
        return List.of(FeedbackJson.line(full, true), FeedbackJson.line(full, false));
    }

    private static Set<String> fields(List<String> lines) throws IOException {
        Set<String> fields = new TreeSet<>();
        for (String line : lines) {
            fields.addAll(JsonShape.fieldsOf(JSON.readTree(line)));
        }
        return fields;
    }

    @Test
    void theSchemaHasExactlyTheFieldsThatAreWritten() throws IOException {
        assertThat(shape.fields("call")).isEqualTo(fields(calls()));
        assertThat(shape.fields("feedback")).isEqualTo(fields(feedback()));
    }

    @Test
    void everyLineFitsTheSchema() throws IOException {
        for (String line : Stream.of(
                        calls(),
                        feedback(),
                        GoldenLines.read("call-record-v1.jsonl"),
                        GoldenLines.read("call-record-v1-written.jsonl"))
                .flatMap(List::stream)
                .toList()) {
            assertThat(shape.complaints(JSON.readTree(line))).isEmpty();
        }
    }

    @Test
    void aLineThatIsWrongDoesNotFit() throws IOException {
        ObjectNode line = (ObjectNode) JSON.readTree(CallRecordJson.line(SampleRecords.full()));

        assertThat(shape.complaints(line.deepCopy().put("duration_ns", -1))).isNotEmpty();
        assertThat(shape.complaints(line.deepCopy().put("outcome", "ANSWERED"))).isNotEmpty();
        assertThat(shape.complaints(line.deepCopy().put("cost", 0.5))).isNotEmpty();
        assertThat(shape.complaints(line.deepCopy().put("v", 2))).isNotEmpty();
        assertThat(shape.complaints(line.deepCopy().without("attempts"))).isNotEmpty();
        assertThat(shape.complaints(line.deepCopy().put("new_field", "is welcome")))
                .isEmpty();
    }

    @Test
    void theSchemaNamesEveryOutcome() {
        List<String> named = schema.at("/$defs/outcome/examples")
                .valueStream()
                .map(JsonNode::asText)
                .toList();

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Outcome.values()).map(EventText::name).toList());
    }

    @Test
    void thePageShowsEveryFieldAndOutcome() throws IOException {
        String page = Files.readString(DOCS.resolve("call-record.md"));

        assertThat(Stream.of(fields(calls()), fields(feedback())).flatMap(Set::stream))
                .allSatisfy(
                        field -> assertThat(page).contains("`" + field.substring(field.lastIndexOf('/') + 1) + "`"));
        assertThat(Outcome.values())
                .allSatisfy(outcome -> assertThat(page).contains("| `" + EventText.name(outcome) + "` |"));
    }
}
