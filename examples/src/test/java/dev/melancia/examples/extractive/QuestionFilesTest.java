package dev.melancia.examples.extractive;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.examples.extractive.Questions.Question;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionFilesTest {

    private static final int LONG_QUESTION_WORDS = 15;

    private final List<Question> questions = Questions.measuring();

    @Test
    void sixtyQuestionsFiftyOfThemAnswerable() {
        assertThat(questions).hasSize(60).extracting(Question::id).doesNotHaveDuplicates();
        assertThat(questions).filteredOn(Question::answerable).hasSize(50);
    }

    @Test
    void longAndShortQuestionsAreBothWellRepresented() {
        assertThat(questions)
                .filteredOn(question -> question.words() >= LONG_QUESTION_WORDS)
                .hasSizeGreaterThanOrEqualTo(20);
        assertThat(questions)
                .filteredOn(question -> question.words() < LONG_QUESTION_WORDS)
                .hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void answerableQuestionsHaveReferenceAndKnownSources() {
        Set<String> ids =
                KnowledgeBase.bundled().passages().stream().map(Passage::id).collect(toSet());

        assertThat(questions).filteredOn(Question::answerable).allSatisfy(question -> {
            assertThat(question.reference()).isNotBlank();
            assertThat(question.sources()).isNotEmpty().allMatch(ids::contains);
        });
        assertThat(Questions.tuning())
                .filteredOn(Question::answerable)
                .allSatisfy(
                        question -> assertThat(question.sources()).isNotEmpty().allMatch(ids::contains));
    }

    @Test
    void unanswerableQuestionsHaveNeitherReferenceNorSources() {
        assertThat(questions).filteredOn(question -> !question.answerable()).allSatisfy(question -> {
            assertThat(question.reference()).isNull();
            assertThat(question.sources()).isEmpty();
        });
    }

    @Test
    void noQuestionIsAskedTwiceNorServesBothTuningAndMeasuring() {
        assertThat(Stream.concat(questions.stream(), Questions.tuning().stream())
                        .map(Question::question))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"questions.jsonl", "tuning-questions.jsonl", "knowledge-base.jsonl", "stopwords.txt"})
    void filesAreWholeUtf8(String name) {
        assertThat(Questions.resource(name)).contains("ã", "é").doesNotContain("\uFFFD", "Ã", "\r");
    }
}
