package dev.melancia.examples.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeBaseTest {

    private static final String GOOD = "{\"id\":\"a-1\",\"title\":\"Título\",\"text\":\"Texto.\"}\n";

    @Test
    void bundledBaseHasShortPassagesOfThreeToSixSentences() {
        List<Passage> passages = KnowledgeBase.bundled().passages();

        assertThat(passages).hasSizeGreaterThanOrEqualTo(36).allSatisfy(passage -> {
            assertThat(passage.id()).matches("rm-\\d\\d");
            assertThat(AnswerStyle.SENTENCE.snippets(passage)).hasSizeBetween(3, 6);
        });
        assertThat(passages).extracting(Passage::text).doesNotHaveDuplicates();
    }

    @Test
    void readsPassagesInOrderAndSkipsBlankLines() throws IOException {
        KnowledgeBase base = read(GOOD + "\n  \n" + GOOD.replace("a-1", "a-0"));

        assertThat(base.passages())
                .containsExactly(new Passage("a-1", "Título", "Texto."), new Passage("a-0", "Título", "Texto."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"a-2\"| line 3: must be one JSON object, was not JSON",
                "[]| line 3: id must be a string, was missing",
                "{\"id\":\"a-2\",\"title\":\"T\"}| line 3: text must be a string, was missing",
                "{\"id\":7,\"title\":\"T\",\"text\":\"T.\"}| line 3: id must be a string, was NUMBER",
                "{\"id\":\"a-2\",\"title\":\" \",\"text\":\"T.\"}| line 3: title must not be blank",
                "{\"id\":\"a 2\",\"title\":\"T\",\"text\":\"T.\"}| line 3: id must be letters, digits",
                "{\"id\":\"a-1\",\"title\":\"T\",\"text\":\"T.\"}| line 3: id \"a-1\" was used on an earlier line",
                "{\"id\":\"a-2\",\"title\":\"T\",\"text\":\"T [fonte: a-1]\"}| line 3: text must not hold a source mark"
            })
    void badLineIsNamedByItsNumber(String line, String message) {
        assertThatThrownBy(() -> read(GOOD + "\n" + line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void emptyBaseIsRefused() {
        assertThatThrownBy(() -> read("\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one passage");
    }

    @Test
    void twoPassagesWithOneIdAreRefused() {
        Passage passage = new Passage("a-1", "Título", "Texto.");

        assertThatThrownBy(() -> KnowledgeBase.of(List.of(passage, passage)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a-1\" is used twice");
    }

    private static KnowledgeBase read(String lines) throws IOException {
        return KnowledgeBase.read(new StringReader(lines));
    }
}
