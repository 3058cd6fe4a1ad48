package dev.melancia.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.text.PortugueseWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Prints the figures of {@code docs/similarity.md}, which names the command; run by name only. */
class CrossValidationCommand {

    private static final int SEEDS = 5;
    private static final int RESAMPLES = 2_000;
    private static final int TOPICS = 6;
    private static final double BAR = .735;

    @Test
    void printsTheFigures() throws IOException {
        List<RatedPair> pairs = RatedPair.all();
        CrossValidation validation = new CrossValidation(pairs, ModelFiles.synonyms());
        double[] ratings = validation.ratings();
        double[] dice =
                pairs.stream().mapToDouble(CrossValidationCommand::trigramDice).toArray();
        List<double[]> runs = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            runs.add(validation.similarities(seed));
            print("seed %d: Pearson %.4f", seed, CrossValidation.pearson(runs.get(seed), ratings));
        }
        double mean = mean(runs, ratings);
        double plain = CrossValidation.pearson(dice, ratings);
        print("mean of %d seeds %.4f; trigram Dice %.4f; gain %.4f", SEEDS, mean, plain, mean - plain);
        List<Integer> all = IntStream.range(0, pairs.size()).boxed().toList();
        print("Spearman, seed 0: %.4f; Dice %.4f", spearman(runs.get(0), ratings), spearman(dice, ratings));
        bootstrap(pairs, runs, dice);
        print("leave a topic out (%d topics): %.4f", TOPICS, pearson(all, validation.outOf(topics(pairs)), ratings));
        lengths(pairs, validation, dice);
        assertThat(mean).isGreaterThan(BAR);
    }

    /** Dice coefficient of the sets of trigrams of words in lower case, without accents and punctuation, between blanks. */
    private static double trigramDice(RatedPair pair) {
        Set<String> a = trigrams(pair.a());
        Set<String> b = trigrams(pair.b());
        Set<String> common = new HashSet<>(a);
        common.retainAll(b);
        return 2.0 * common.size() / (a.size() + b.size());
    }

    private static Set<String> trigrams(String text) {
        String words = PortugueseWords.plain(text).replaceAll("[^\\p{L}\\p{N}]+", " ");
        String padded = " " + words.strip() + " ";
        Set<String> trigrams = new HashSet<>();
        for (int i = 0; i + 3 <= padded.length(); i++) {
            trigrams.add(padded.substring(i, i + 3));
        }
        return trigrams;
    }

    private static double mean(List<double[]> runs, double[] ratings) {
        return runs.stream()
                .mapToDouble(run -> CrossValidation.pearson(run, ratings))
                .average()
                .orElseThrow();
    }

    /** Percentile intervals; whole groups are drawn. */
    private static void bootstrap(List<RatedPair> pairs, List<double[]> runs, double[] dice) {
        double[] ratings = pairs.stream().mapToDouble(RatedPair::rating).toArray();
        List<List<Integer>> groups = Folds.members(Folds.groups(pairs));
        Random random = new Random(1);
        double[] ours = new double[RESAMPLES];
        double[] gains = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            List<Integer> drawn = new ArrayList<>();
            groups.forEach(group -> drawn.addAll(groups.get(random.nextInt(groups.size()))));
            ours[r] = runs.stream()
                    .mapToDouble(run -> pearson(drawn, run, ratings))
                    .average()
                    .orElseThrow();
            gains[r] = ours[r] - pearson(drawn, dice, ratings);
        }
        Arrays.sort(ours);
        Arrays.sort(gains);
        int low = RESAMPLES / 40;
        int high = RESAMPLES - 1 - low;
        print(
                "95 %% of %d resamples of %d groups: Pearson %.4f to %.4f, gain %.4f to %.4f",
                RESAMPLES, groups.size(), ours[low], ours[high], gains[low], gains[high]);
    }

    private static int[] topics(List<RatedPair> pairs) {
        Model model = Training.fit(pairs, ModelFiles.synonyms());
        int[] topics = Topics.of(pairs, new Rarity(model.sentences(), model.stems()), TOPICS);
        int[] sizes = new int[TOPICS];
        Arrays.stream(topics).forEach(topic -> sizes[topic]++);
        print("sizes of topics %s", Arrays.toString(sizes));
        return topics;
    }

    /** Fits to short pairs and measures long ones, and the other way round. */
    private static void lengths(List<RatedPair> pairs, CrossValidation validation, double[] dice) {
        int[] lengths = pairs.stream()
                .mapToInt(pair -> pair.readingOfA().words().size()
                        + pair.readingOfB().words().size())
                .toArray();
        int median = Arrays.stream(lengths).sorted().toArray()[lengths.length / 2];
        int[] half =
                Arrays.stream(lengths).map(length -> length < median ? 0 : 1).toArray();
        double[] similarities = validation.outOf(half);
        for (int side = 0; side < 2; side++) {
            int number = side;
            List<Integer> chosen = IntStream.range(0, half.length)
                    .filter(i -> half[i] == number)
                    .boxed()
                    .toList();
            print(
                    "%s: %.4f; Dice %.4f",
                    side == 0 ? "short pairs by a fit to long ones" : "long pairs by a fit to short ones",
                    pearson(chosen, similarities, validation.ratings()),
                    pearson(chosen, dice, validation.ratings()));
        }
    }

    private static double pearson(List<Integer> chosen, double[] x, double[] y) {
        return CrossValidation.pearson(
                chosen.stream().mapToDouble(i -> x[i]).toArray(),
                chosen.stream().mapToDouble(i -> y[i]).toArray());
    }

    private static double spearman(double[] x, double[] y) {
        return CrossValidation.pearson(ranks(x), ranks(y));
    }

    private static double[] ranks(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return Arrays.stream(values)
                .map(value -> {
                    long below =
                            Arrays.stream(sorted).filter(other -> other < value).count();
                    long same = Arrays.stream(sorted)
                            .filter(other -> other == value)
                            .count();
                    return below + (same + 1) / 2.0;
                })
                .toArray();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
