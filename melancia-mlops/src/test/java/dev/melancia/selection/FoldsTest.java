package dev.melancia.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {

    private static Question question(int i, String group, String... tags) {
        return Question.builder("q" + i, "Qual " + i + "?")
                .group(group)
                .tags(List.of(tags))
                .build();
    }

    private static List<Question> alone(int n) {
        return IntStream.range(0, n).mapToObj(i -> question(i, "g" + i)).toList();
    }

    @Test
    void everyQuestionIsInOneFoldAndInTheOthersOfAllOtherFolds() {
        List<Question> questions = alone(23);
        Folds folds = Folds.of(questions, 5, 7);

        List<Question> seen = new ArrayList<>();
        for (int fold = 0; fold < folds.k(); fold++) {
            assertThat(folds.fold(fold)).hasSizeBetween(4, 5).doesNotContainAnyElementsOf(folds.others(fold));
            assertThat(folds.fold(fold).size() + folds.others(fold).size()).isEqualTo(23);
            seen.addAll(folds.fold(fold));
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(questions);
    }

    @Test
    void groupsStayWholeInAThousandRandomDatasets() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 1000; round++) {
            int groups = 2 + random.nextInt(8);
            List<Question> questions = new ArrayList<>();
            for (int i = 0; i < groups + random.nextInt(40); i++) {
                questions.add(question(i, "g" + (i < groups ? i : random.nextInt(groups)), "t" + random.nextInt(3)));
            }
            int k = 2 + random.nextInt(groups - 1);
            Folds folds = Folds.of(questions, k, round);

            Set<String> seen = new HashSet<>();
            for (int fold = 0; fold < k; fold++) {
                Set<String> here =
                        folds.fold(fold).stream().map(Question::group).collect(Collectors.toSet());
                assertThat(here).as("round %d, fold %d", round, fold).isNotEmpty();
                assertThat(seen).doesNotContainAnyElementsOf(here);
                seen.addAll(here);
            }
        }
    }

    @Test
    void aRareTagIsSpreadOverTheFolds() {
        List<Question> questions = IntStream.range(0, 100)
                .mapToObj(i -> i % 10 == 0 ? question(i, "g" + i, "rare") : question(i, "g" + i, "common"))
                .toList();

        for (int seed = 0; seed < 50; seed++) {
            Folds folds = Folds.of(questions, 5, seed);
            for (int fold = 0; fold < 5; fold++) {
                assertThat(folds.fold(fold)).hasSize(20);
                assertThat(folds.fold(fold).stream().filter(q -> q.tags().contains("rare")))
                        .as("seed %d, fold %d", seed, fold)
                        .hasSize(2);
            }
        }
    }

    @Test
    void theSeedDecides() {
        List<Question> questions = alone(40);

        assertThat(Folds.of(questions, 4, 1).fold(0))
                .isEqualTo(Folds.of(questions, 4, 1).fold(0))
                .isNotEqualTo(Folds.of(questions, 4, 2).fold(0));
    }

    @Test
    void saysWhatIsImpossible() {
        List<Question> oneDocument =
                IntStream.range(0, 30).mapToObj(i -> question(i, "g" + i % 3)).toList();

        assertThatThrownBy(() -> Folds.of(oneDocument, 5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "k must be at most the number of groups, was 5 for 3 groups of 30 questions; questions of one"
                                + " group stay together, so take fewer folds or more groups");
        assertThatThrownBy(() -> Folds.of(alone(5), 1, 1)).hasMessage("k must be at least 2, was 1");
        assertThatThrownBy(() -> Folds.of(List.of(question(1, "a"), question(1, "b")), 2, 1))
                .hasMessage("question ids must be unique, repeated was \"q1\"");
        assertThatThrownBy(() -> Folds.of(alone(5), 2, 1).fold(2)).hasMessage("fold must be in [0, 2), was 2");
    }
}
