package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceHitTest {

    private static final Question QUESTION =
            Question.builder("q", "Qual?").sources(List.of("manual.pdf")).build();

    private final Scorer hit = Scorers.sourceHit(5);

    @Test
    void findsAnExpectedSource() {
        assertThat(hit.score(QUESTION, from(List.of("faq.md", " manual.pdf ")))).isEqualTo(Score.of(1));
        assertThat(hit.score(QUESTION, from(List.of("faq.md")))).isEqualTo(Score.of(0));
        assertThat(hit.score(QUESTION, from(List.of()))).isEqualTo(Score.of(0));
    }

    @Test
    void listingEverythingBuysNothing() {
        List<String> all = Stream.concat(IntStream.range(0, 5).mapToObj(i -> "other" + i), Stream.of("manual.pdf"))
                .toList();

        assertThat(hit.score(QUESTION, from(all))).isEqualTo(Score.of(0));
    }

    @Test
    void notReportedIsNotZero() {
        assertThat(hit.score(QUESTION, Answer.of("x")))
                .isEqualTo(Score.notApplicable("the subject reports no sources"));
        assertThat(hit.score(Question.of("q", "Qual?"), from(List.of("faq.md"))))
                .isEqualTo(Score.notApplicable("the question expects no source"));
    }

    @Test
    void saysThatSilentAnswersAreLeftOut() {
        assertThat(hit.blindTo()).contains("only when sure", "compare n");
    }

    @Test
    void looksAtOneSourceAtLeast() {
        assertThatThrownBy(() -> Scorers.sourceHit(0)).hasMessage("first must be at least 1, was 0");
    }

    private static Answer from(List<String> sources) {
        return Answer.builder("x").sources(sources).build();
    }
}
