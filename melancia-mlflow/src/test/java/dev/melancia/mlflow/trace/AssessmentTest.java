package dev.melancia.mlflow.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.event.EventCodec;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.event.TraceTarget;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssessmentTest {

    private static final String HEX = "0123456789abcdef0123456789abcdef";
    private static final String ID = "a-" + HEX;
    private static final AssessmentSource CODE = AssessmentSource.code("exact-match");

    @Test
    void feedbackIsWrittenAsTheServerReadsIt() {
        Assessment assessment = assessment()
                .feedback(0.75)
                .rationale("near")
                .time(Instant.parse("2026-11-22T10:00:00Z"))
                .run(HEX)
                .build();
        assertThat(assessment.toJson())
                .isEqualTo("{\"assessment_id\":\"" + ID + "\",\"assessment_name\":\"correctness\",\"source\":"
                        + "{\"source_type\":\"CODE\",\"source_id\":\"exact-match\"},\"feedback\":{\"value\":0.75},"
                        + "\"rationale\":\"near\",\"create_time\":\"2026-11-22T10:00:00Z\","
                        + "\"last_update_time\":\"2026-11-22T10:00:00Z\","
                        + "\"metadata\":{\"mlflow.assessment.sourceRunId\":\"" + HEX + "\"}}");
    }

    @Test
    void everyKindOfValueHasItsForm() {
        assertThat(assessment().feedback(true).build().toJson()).contains("\"feedback\":{\"value\":true}");
        assertThat(assessment().feedback("true").build().toJson()).contains("\"feedback\":{\"value\":\"true\"}");
        assertThat(assessment().expectation("4").build().toJson()).contains("\"expectation\":{\"value\":\"4\"}");
        assertThat(assessment().expectation(4).build().toJson()).contains("\"expectation\":{\"value\":4.0}");
        assertThat(assessment().error("Timeout", "late").build().toJson())
                .contains("\"feedback\":{\"error\":{\"error_code\":\"Timeout\",\"error_message\":\"late\"}}");
    }

    @Test
    void aLongTextIsCutToWhatAnEventTakes() {
        String json = assessment()
                .feedback("日".repeat(500_000))
                .rationale("\u0001".repeat(500_000))
                .build()
                .toJson();
        TraceEvent.Assessed event =
                new TraceEvent.Assessed(new TraceTarget(HEX, "production", Optional.empty()), Instant.EPOCH, json);
        assertThat(EventCodec.encode(event).length).isLessThan(1 << 20);
        assertThat(json).contains(" of 500000 characters]");
    }

    @Test
    void whatSaysNothingOrNoNumberIsRefused() {
        assertThatThrownBy(() -> assessment().build()).hasMessageContaining("must have feedback");
        assertThatThrownBy(() -> assessment().feedback(Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> assessment().feedback(Double.POSITIVE_INFINITY))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> Assessment.builder(HEX, "n", CODE)).hasMessageContaining("idOf");
        assertThatThrownBy(() -> Assessment.builder("a-1", "n", CODE)).hasMessageContaining("idOf");
    }

    @Test
    void theSameSeedIsTheSameAssessment() {
        assertThat(Assessment.idOf("x")).isEqualTo(Assessment.idOf("x")).isNotEqualTo(Assessment.idOf("y"));
        assertThat(Trace.idOf("x")).matches("[0-9a-f]{32}");
    }

    @Test
    void toStringShowsNoContent() {
        assertThat(assessment().feedback("marker").rationale("marker").build().toString())
                .doesNotContain("marker");
    }

    private static Assessment.Builder assessment() {
        return Assessment.builder(ID, "correctness", CODE);
    }
}
