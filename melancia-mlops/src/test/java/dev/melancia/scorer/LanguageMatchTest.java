package dev.melancia.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.stats.ProportionEstimate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageMatchTest {

    @Test
    void tellsPortugueseEnglishAndSpanishApart() throws IOException {
        int right = 0;
        int decided = 0;
        int all = 0;
        for (String line : lines()) {
            String[] parts = line.split("\t", 2);
            Optional<String> found = LanguageProfiles.SHIPPED.of(parts[1]);
            all++;
            decided += found.isPresent() ? 1 : 0;
            right += found.equals(Optional.of(parts[0])) ? 1 : 0;
        }
        print("languages.tsv: right " + new ProportionEstimate(right, decided, .95) + " decided, of " + all);

        assertThat(all).isEqualTo(150);
        assertThat((double) right / decided).isGreaterThanOrEqualTo(.98);
        assertThat((double) decided / all).isGreaterThanOrEqualTo(.95);
    }

    @Test
    void takesPortugueseSentencesForPortuguese() throws IOException {
        Set<String> sentences = new LinkedHashSet<>();
        for (JsonNode line : PublicData.lines("assin-ptbr-dev.jsonl")) {
            line.forEach(value -> {
                if (value.isTextual() && value.textValue().contains(" ")) {
                    sentences.add(value.textValue());
                }
            });
        }
        int right = (int) sentences.stream()
                .filter(text -> LanguageProfiles.SHIPPED.of(text).equals(Optional.of("pt")))
                .count();
        ProportionEstimate rate = new ProportionEstimate(right, sentences.size(), .95);
        print("assin-ptbr-dev.jsonl: Portuguese " + rate);

        assertThat(sentences).hasSizeGreaterThan(500);
        assertThat(rate.rate().orElseThrow()).isGreaterThan(.97);
    }

    @Test
    void comparesWithTheQuestionsLanguage() {
        Scorer scorer = Scorers.language();
        Question english = Question.of("q", "What is the deadline for the report?", "x");

        assertThat(scorer.score(english, Answer.of("The report is due in ten days."))
                        .value())
                .hasValue(1);
        assertThat(scorer.score(english, Answer.of("O prazo do relatório é de dez dias."))
                        .value())
                .hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "Sim.", "OK, Paris", "123 456 789 000", "SKU ROAS CPM CPC"})
    void saysNothingOfTextsThatShowNoLanguage(String text) {
        Score score = Scorers.language("pt").score(Question.of("q", "?", "x"), Answer.of(text));

        assertThat(score).isInstanceOf(Score.NotApplicable.class);
    }

    @Test
    void refusesUnknownLanguages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scorers.language("tlh"))
                .withMessageContaining("tlh")
                .withMessageContaining("pt");
    }

    private static Iterable<String> lines() throws IOException {
        try (InputStream in = LanguageMatchTest.class.getResourceAsStream("languages.tsv")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static void print(String figures) {
        System.out.println(figures);
    }
}
