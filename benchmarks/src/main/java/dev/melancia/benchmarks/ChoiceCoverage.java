package dev.melancia.benchmarks;

import dev.melancia.scorer.Question;
import dev.melancia.selection.Candidate;
import dev.melancia.selection.CrossValidated;
import dev.melancia.selection.CrossValidation;
import dev.melancia.selection.Fit;
import dev.melancia.stats.Interval;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What the best of several equal candidates looks like and what it is worth: simulated benchmarks, each with a seed of its
 * own. Candidates have uniform scores in [0, 1], so the truth is .5. Prints Markdown. {@code -Dcoverage.runs=} says how many
 * benchmarks of each design (2,000).
 */
public final class ChoiceCoverage {

    private static final double TRUTH = .5;
    private static final int DEFAULT_RUNS = 2_000;

    private final int runs;

    private ChoiceCoverage(int runs) {
        this.runs = runs;
    }

    /** Runs it. */
    public static void main(String[] args) {
        ChoiceCoverage coverage = new ChoiceCoverage(Integer.getInteger("coverage.runs", DEFAULT_RUNS));
        System.out.println(
                "| candidates | questions | folds | apparent | out of fold | interval holds | not widened |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int candidates : new int[] {2, 10, 30}) {
            coverage.design(candidates, 40, 5);
            coverage.design(candidates, 60, 5);
            coverage.design(candidates, 60, 10);
            coverage.design(candidates, 200, 5);
        }
    }

    private void design(int candidates, int questions, int folds) {
        List<CrossValidated> results = IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> result(candidates, questions, folds, run))
                .toList();
        double apparent = mean(results.stream().map(CrossValidated::apparent).toList());
        double outOfFold = mean(results.stream().map(CrossValidated::outOfFold).toList());
        double widening = Math.sqrt(1 + folds / (folds - 1.0));
        System.out.println(String.format(
                Locale.ROOT,
                "| %d | %d | %d | %.3f | %.3f | %.1f %% | %.1f %% |",
                candidates,
                questions,
                folds,
                apparent,
                outOfFold,
                100 * results.stream().filter(result -> holds(result, 1)).count() / (double) runs,
                100 * results.stream().filter(result -> holds(result, widening)).count() / (double) runs));
    }

    private static double mean(List<OptionalDouble> values) {
        return values.stream()
                .mapToDouble(OptionalDouble::orElseThrow)
                .average()
                .orElseThrow();
    }

    /** Whether the interval holds the truth after it was made so many times narrower. */
    private static boolean holds(CrossValidated result, double narrower) {
        Interval interval = result.interval().orElseThrow();
        double mean = result.outOfFold().orElseThrow();
        return mean - (mean - interval.low()) / narrower <= TRUTH
                && TRUTH <= mean + (interval.high() - mean) / narrower;
    }

    private static CrossValidated result(int candidates, int questions, int folds, int run) {
        SplittableRandom random =
                new SplittableRandom(((long) candidates << 48) ^ ((long) questions << 32) ^ ((long) folds << 24) ^ run);
        List<Question> asked = IntStream.range(0, questions)
                .mapToObj(i -> Question.of("q" + i, "Qual?"))
                .toList();
        List<Candidate> all = IntStream.range(0, candidates)
                .mapToObj(i -> candidate("c" + i, random.doubles(questions).toArray()))
                .toList();
        return CrossValidation.of(folds, 1, random.nextLong()).run(asked, Fit.best(all));
    }

    private static Candidate candidate(String name, double[] values) {
        return Candidate.of(name, true, question -> OptionalDouble.of(values[number(question)]));
    }

    private static int number(Question question) {
        return Integer.parseInt(question.id().substring(1));
    }
}
