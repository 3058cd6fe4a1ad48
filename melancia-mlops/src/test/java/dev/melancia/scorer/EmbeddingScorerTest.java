package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingScorerTest {

    /** Letters a, b and their opposite as three directions. */
    private static final EmbeddingModel MODEL = new EmbeddingModel() {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            return Response.from(segments.stream()
                    .map(segment -> switch (segment.text()) {
                        case "a" -> Embedding.from(new float[] {1, 0});
                        case "b" -> Embedding.from(new float[] {0, 2});
                        case "ab" -> Embedding.from(new float[] {3, 3});
                        case "-a" -> Embedding.from(new float[] {-1, 0});
                        case "nothing" -> Embedding.from(new float[] {0, 0});
                        default -> throw new IllegalStateException("secret prompt");
                    })
                    .toList());
        }
    };

    private final EmbeddingScorer scorer = Scorers.embedding(MODEL);

    @Test
    void takesTheBestReferenceAndTheRawCosine() {
        assertThat(value("ab", "-a", "b")).isCloseTo(Math.sqrt(.5), within(1e-6));
        assertThat(value("-a", "a")).isEqualTo(-1);
        assertThat(scorer.scale().admits(-1)).isTrue();
    }

    @Test
    void itsFingerprintNamesTheModel() {
        assertThat(Scorers.embedding(named("one")).fingerprint())
                .isEqualTo(Scorers.embedding(named("one")).fingerprint())
                .isNotEqualTo(Scorers.embedding(named("two")).fingerprint());
        assertThat(scorer.fingerprint()).contains("embedding similarity");
    }

    private static EmbeddingModel named(String name) {
        return new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                return MODEL.embedAll(segments);
            }

            @Override
            public String modelName() {
                return name;
            }
        };
    }

    @Test
    void embedsAReferenceOnce() {
        value("a", "b");
        value("ab", "b");
        value("b", "b", "a");

        assertThat(scorer.calls()).isEqualTo(3);
        assertThat(scorer.texts()).isEqualTo(2 + 1 + 2);
    }

    @Test
    void aFailingModelIsAFailedScoreWithoutTheText() {
        Score score = scorer.score(Question.of("q", "?", "a"), Answer.of("boom"));

        assertThat(score).isInstanceOf(Score.Failed.class);
        assertThat(score.reason()).contains("IllegalStateException").doesNotContain("secret");
        assertThat(scorer.calls()).isEqualTo(1);
    }

    @Test
    void anEmbeddingWithoutDirectionIsAFailedScore() {
        assertThat(scorer.score(Question.of("q", "?", "a"), Answer.of("nothing")))
                .isInstanceOf(Score.Failed.class);
    }

    @Test
    void blankAnswersCostNothing() {
        assertThat(value(" ", "a")).isZero();
        assertThat(scorer.calls()).isZero();
    }

    @Test
    void needsAReference() {
        assertThat(scorer.score(Question.of("q", "?"), Answer.of("a"))).isInstanceOf(Score.NotApplicable.class);
    }

    private double value(String answer, String... references) {
        return scorer.score(Question.of("q", "?", references), Answer.of(answer))
                .value()
                .orElseThrow();
    }
}
