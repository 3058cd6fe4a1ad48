package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallRecordJsonTest {

    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void writesTheGoldenLinesOfItsVersion() throws IOException {
        assertThat(lines()).containsExactlyElementsOf(golden());
    }

    @Test
    void writesTheGoldenLinesUnderATurkishLocale() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            assertThat(lines()).containsExactlyElementsOf(golden());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void beginsWithItsVersion() {
        assertThat(CallRecordJson.VERSION).isEqualTo(1);
        assertThat(lines()).allSatisfy(line -> assertThat(line).startsWith("{\"v\":1,"));
    }

    @Test
    void leavesOutWhatIsUnknown() throws IOException {
        JsonNode record = JSON.readTree(CallRecordJson.line(SampleRecords.unknown()));

        assertThat(names(record)).doesNotContain("first_token_ns", "cost", "currency", "user_key", "tags", "policy");
        assertThat(names(record.path("attempts").get(0)))
                .containsExactly("model", "outcome", "start_offset_ns", "duration_ns", "error");
    }

    @Test
    void holdsNoNullAnywhere() {
        assertThat(lines()).allSatisfy(line -> assertThat(line).doesNotContain("null"));
    }

    @Test
    void keepsUnicodeAndQuotesAsTheyAre() throws IOException {
        String line = CallRecordJson.line(SampleRecords.full());

        assertThat(line).contains("🍉", "mídia").doesNotContain("\n", "\r");
        assertThat(JSON.readTree(line).path("tenant").asText()).isEqualTo("Açaí & Cia \"SP\" 🍉");
    }

    @Test
    void showsNeitherUserNorQuestion() {
        assertThat(lines())
                .allSatisfy(line -> assertThat(line).doesNotContain(SampleRecords.USER, SampleRecords.QUESTION));
    }

    @Test
    void ordersTagsByName() throws IOException {
        JsonNode tags = JSON.readTree(CallRecordJson.line(SampleRecords.full())).path("tags");

        assertThat(names(tags)).containsExactly("channel", "team", "área");
    }

    @Test
    void staysWithinALineOf64KilobytesForAUsualRecord() {
        assertThat(lines())
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_LINE_BYTES / 16));
    }

    private static List<String> lines() {
        return Stream.of(SampleRecords.full(), SampleRecords.unknown(), SampleRecords.rejected())
                .map(CallRecordJson::line)
                .toList();
    }

    private static List<String> golden() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                CallRecordJsonTest.class.getResourceAsStream("call-record-v1.jsonl"), "golden file")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(field -> field.getKey()).toList();
    }
}
