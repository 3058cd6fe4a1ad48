package dev.melancia.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On 3,000 pairs that people rated (ASSIN 2016, MIT). */
class SimilarityDataTest {

    private static final long SEED = 0;

    @Test
    void agreesWithPeopleOnPairsItWasNotFittedTo() throws IOException {
        CrossValidation validation = new CrossValidation(RatedPair.all(), ModelFiles.synonyms());

        assertThat(CrossValidation.pearson(validation.similarities(SEED), validation.ratings()))
                .isGreaterThan(.74);
    }

    @Test
    void shipsTheFilesThatTrainingWrites() throws IOException {
        Map<String, byte[]> fitted = ModelFiles.write(Training.fit(RatedPair.all(), ModelFiles.synonyms()));

        Map<String, byte[]> shipped = ModelFiles.write(ModelFiles.model());
        assertThat(fitted)
                .allSatisfy((name, bytes) -> assertThat(bytes)
                        .as("%s: run TrainingCommand after any change of words, stems, synonyms or features", name)
                        .isEqualTo(shipped.get(name)));
    }

    @Test
    void noSentenceIsInTwoFolds() throws IOException {
        List<RatedPair> pairs = RatedPair.all();
        int[] fold = Folds.deal(Folds.groups(pairs), CrossValidation.FOLDS, SEED);

        Map<String, Integer> foldOf = new HashMap<>();
        for (int i = 0; i < fold.length; i++) {
            for (String sentence : List.of(pairs.get(i).a(), pairs.get(i).b())) {
                foldOf.putIfAbsent(sentence, fold[i]);
                assertThat(foldOf).containsEntry(sentence, fold[i]);
            }
        }
        int[] sizes = IntStream.range(0, CrossValidation.FOLDS)
                .map(k -> (int) Arrays.stream(fold).filter(f -> f == k).count())
                .toArray();
        assertThat(sizes).containsOnly(600);
    }

    @Test
    void unrelatedSentencesAreNearZeroAndTheSameOnesAreOne() throws IOException {
        List<RatedPair> pairs = RatedPair.all();
        PortugueseSimilarity similarity = PortugueseSimilarity.create();
        double[] unrelated = IntStream.range(0, pairs.size() - 400)
                .mapToDouble(i ->
                        similarity.between(pairs.get(i).a(), pairs.get(i + 400).b()))
                .sorted()
                .toArray();

        assertThat(unrelated[unrelated.length / 2]).isLessThan(.02);
        assertThat(unrelated[unrelated.length * 95 / 100]).isLessThan(.15);
        assertThat(pairs.subList(0, 300))
                .allSatisfy(pair ->
                        assertThat(similarity.between(pair.a(), pair.a())).isEqualTo(1));
    }
}
