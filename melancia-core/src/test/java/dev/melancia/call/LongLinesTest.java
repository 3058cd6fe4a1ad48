package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongLinesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(strings = {"x", "漢", "\u0001a", "\"\\", "🍉", "é\u0000", "a\u2028"})
    void aLineHas64KilobytesAtMostWhateverItIsMadeOf(String text) throws IOException {
        String line = CallRecordJson.line(AbsurdRecords.of(text));

        assertThat((line + "\n").getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(64 * 1024);
        assertThat(line).doesNotContain("\n");
        assertThat(CallRecordLine.parse(line)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "漢", "\u0001a", "\"\\", "🍉"})
    void textsOfAPolicyAreCutLikeThoseOfAHost(String text) throws IOException {
        JsonNode line = JSON.readTree(CallRecordJson.line(AbsurdRecords.of(text)));

        for (String field : List.of("policy", "policy_version", "rule", "split", "assigned", "tenant")) {
            assertThat(line.path(field).asText()).endsWith("…").hasSizeBetween(30, 64);
        }
        assertThat(line.path("reason").asText()).endsWith("…").hasSizeBetween(120, 256);
        assertThat(line.path("rejections"))
                .hasSize(16)
                .allSatisfy(rejection ->
                        assertThat(rejection.path("model").asText()).hasSize(64));
        assertThat(line.path("rejections_left_out").asInt()).isEqualTo(100 - 16);
        assertThat(line.path("flags_left_out").asInt()).isEqualTo(100 - 16);
        assertThat(line.path("candidates_left_out").asInt()).isEqualTo(100 - 16);
        assertThat(line.path("tags_left_out").asInt()).isPositive();
    }

    @Test
    void theAttemptThatAnsweredIsWrittenHoweverManyThereWere() throws IOException {
        JsonNode attempts =
                JSON.readTree(CallRecordJson.line(AbsurdRecords.of("x"))).path("attempts");

        assertThat(attempts).hasSize(16);
        assertThat(attempts.get(15).path("outcome").asText()).isEqualTo("answered");
        assertThat(attempts.get(14).path("start_offset_ns").longValue()).isEqualTo(Long.MAX_VALUE / 2 - 14);
    }

    @Test
    void escapedCharactersCountForWhatTheyTakeAndNothingIsCutThatFits() {
        assertThat(LineLimits.cut("x".repeat(256), 256)).hasSize(256);
        assertThat(LineLimits.cut("漢".repeat(256), 256)).hasSize(256).doesNotContain("…");
        assertThat(LineLimits.cut("\u0001".repeat(128), 256)).hasSize(128).doesNotContain("…");
        assertThat(LineLimits.cut("\u0001".repeat(129), 256)).isEqualTo("\u0001".repeat(127) + "…");
        assertThat(LineLimits.cut("\"".repeat(256), 256)).hasSize(256).doesNotContain("…");
    }

    @Test
    void aLongReasonThatSomebodyMightWriteIsWhole() {
        assertThat(LineLimits.USUAL.reason).isEqualTo(1_024);
        assertThat(LineLimits.cut("r".repeat(1_024), LineLimits.USUAL.reason)).hasSize(1_024);
    }

    @Test
    void theLongestCommentFitsALineWhateverItSays() {
        UserFeedback feedback = UserFeedback.builder(CallId.of(1, 2, 3), Instant.EPOCH)
                .rating(5)
                .thumbsUp(false)
                .comment("\u0001".repeat(UserFeedback.LONGEST_COMMENT))
                .build();

        assertThat(FeedbackJson.line(feedback, true).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(64 * 1024);
    }
}
