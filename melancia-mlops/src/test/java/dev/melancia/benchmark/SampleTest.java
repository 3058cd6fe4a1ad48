package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void aSmallDatasetIsItsOwnSample() {
        List<Question> all = questions(20, "t", 3);

        assertThat(Sample.quick(all, 1)).isSameAs(all);
    }

    @Test
    void theTagsShareTheSampleAndASmallOneGivesAll() {
        List<Question> all = new ArrayList<>(questions(60, "many", 0));
        all.addAll(questions(30, "some", 0));
        all.addAll(questions(2, "few", 0));

        Map<String, Long> byTag = Sample.quick(all, 5).stream()
                .collect(Collectors.groupingBy(question -> question.tags().get(0), Collectors.counting()));

        assertThat(byTag).containsOnlyKeys("many", "some", "few").containsEntry("few", 2L);
        assertThat(byTag.get("many")).isEqualTo(byTag.get("some")).isEqualTo(9);
    }

    @Test
    void theSeedDrawsItAndTheDatasetsOrderStays() {
        List<Question> all = questions(100, "t", 0);
        List<String> ids = all.stream().map(Question::id).toList();

        List<String> one = Sample.quick(all, 1).stream().map(Question::id).toList();

        assertThat(one)
                .hasSize(20)
                .isSortedAccordingTo((a, b) -> Integer.compare(ids.indexOf(a), ids.indexOf(b)))
                .isEqualTo(Sample.quick(all, 1).stream().map(Question::id).toList())
                .isNotEqualTo(Sample.quick(all, 2).stream().map(Question::id).toList());
    }

    @Test
    void conversationsStayWhole() {
        List<Question> all = questions(119, "t", 7);
        for (int seed = 0; seed < 20; seed++) {
            List<Question> sample = Sample.quick(all, seed);
            Map<String, Long> turns = sample.stream()
                    .collect(Collectors.groupingBy(
                            question -> question.conversation().orElseThrow(), Collectors.counting()));

            assertThat(sample).hasSize(14);
            assertThat(turns.values()).allMatch(count -> count == 7);
        }
    }

    @Test
    void aConversationLongerThanTheSampleIsTakenWholeWhenThereIsNothingElse() {
        List<Question> all = new ArrayList<>(questions(40, "a", 40));
        all.addAll(questions(25, "b", 25));

        assertThat(Sample.quick(all, 1))
                .hasSize(25)
                .allSatisfy(question -> assertThat(question.tags()).contains("b"));
    }

    private static List<Question> questions(int n, String tag, int turns) {
        Function<Integer, Question.Builder> builder =
                i -> Question.builder(tag + i, "Qual " + i + "?").tags(List.of(tag, "other"));
        return IntStream.range(0, n)
                .mapToObj(i -> turns == 0
                        ? builder.apply(i).build()
                        : builder.apply(i).conversation(tag + i / turns).build())
                .toList();
    }
}
