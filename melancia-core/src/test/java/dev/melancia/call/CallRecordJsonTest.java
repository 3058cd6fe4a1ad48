package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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

    @Test
    void staysWithinALineOf64KilobytesHoweverLongTheTextsOfTheHostAre() throws IOException {
        String tooLong = "漢".repeat(100_000);
        CallContext.Builder context = CallContext.builder()
                .tenant(tooLong)
                .tier(tooLong)
                .conversationId(tooLong)
                .promptVersion(tooLong);
        for (int i = 100; i < 200; i++) {
            context.tag(i + tooLong, tooLong);
        }
        String line = CallRecordJson.line(SampleRecords.of(context.build()));

        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_LINE_BYTES);
        JsonNode record = JSON.readTree(line);
        String cut = "漢".repeat(255) + "…";
        assertThat(List.of("tenant", "user_tier", "conversation_id", "prompt_version"))
                .allSatisfy(field -> assertThat(record.path(field).asText()).isEqualTo(cut));
        assertThat(names(record.path("tags"))).hasSize(32).startsWith("100" + "漢".repeat(60) + "…");
        assertThat(record.path("tags"))
                .allSatisfy(value -> assertThat(value.asText()).isEqualTo(cut));
    }

    @Test
    void cutsNoCharacterInTwoAndLeavesATextOf256CharactersWhole() throws IOException {
        CallContext context = CallContext.builder()
                .tenant("x".repeat(254) + "🍉🍉")
                .tier("x".repeat(256))
                .build();
        JsonNode record = JSON.readTree(CallRecordJson.line(SampleRecords.of(context)));

        assertThat(record.path("tenant").asText()).isEqualTo("x".repeat(254) + "…");
        assertThat(record.path("user_tier").asText()).isEqualTo("x".repeat(256));
    }

    @Test
    void writesOneOfTwoTagsWhoseNamesAreTheSameOnceTheyAreCut() throws IOException {
        CallContext context = CallContext.builder()
                .tag("x".repeat(100) + "b", "second")
                .tag("x".repeat(100) + "a", "first")
                .build();
        JsonNode tags =
                JSON.readTree(CallRecordJson.line(SampleRecords.of(context))).path("tags");

        assertThat(tags)
                .singleElement()
                .satisfies(value -> assertThat(value.asText()).isEqualTo("first"));
    }

    private static List<String> lines() {
        return Stream.concat(
                        Stream.of(SampleRecords.full(), SampleRecords.unknown(), SampleRecords.rejected()),
                        SampleRecords.maximal().stream())
                .map(CallRecordJson::line)
                .toList();
    }

    private static List<String> golden() throws IOException {
        return GoldenLines.read("call-record-v1-written.jsonl");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(field -> field.getKey()).toList();
    }
}
