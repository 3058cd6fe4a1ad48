package dev.melancia.benchmarks;

import dev.melancia.benchmarks.CoverageDesigns.Design;
import dev.melancia.stats.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How often the intervals of {@code dev.melancia.stats} hold the truth, and how often equal models are called different:
 * simulated benchmarks, each with a seed of its own, so that the figures do not depend on the machine. Prints Markdown; ends
 * with exit code 1 when a bound is broken. {@code -Dcoverage.runs=} says how many benchmarks of each design (2,000).
 */
public final class Coverage {

    private static final double LEAST = 0.925;
    private static final double MOST = 0.98;
    private static final double MOST_FALSE = 0.066;
    private static final int DEFAULT_RUNS = 2_000;

    private final int runs;
    private boolean broken;

    private Coverage(int runs) {
        this.runs = runs;
    }

    /** Runs it. */
    public static void main(String[] args) {
        Coverage coverage = new Coverage(Integer.getInteger("coverage.runs", DEFAULT_RUNS));
        coverage.intervals();
        coverage.falseAlarms();
        System.out.println(coverage.broken ? "\na bound is broken" : "\nevery bound holds");
        System.exit(coverage.broken ? 1 : 0);
    }

    private void intervals() {
        System.out.println("| simulated | holds the truth | truth below, above | no interval | mean width | bound |");
        System.out.println("|---|---|---|---|---|---|");
        CoverageDesigns.all().forEach(this::interval);
    }

    private void interval(Design design) {
        List<Optional<Interval>> found = IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> design.draw().apply(generator(design.name(), run)))
                .toList();
        List<Interval> intervals = found.stream().flatMap(Optional::stream).toList();
        double given = Math.max(1, intervals.size());
        double below = intervals.stream().filter(i -> design.truth() < i.low()).count() / given;
        double above = intervals.stream().filter(i -> design.truth() > i.high()).count() / given;
        double width = intervals.stream().mapToDouble(i -> i.high() - i.low()).sum() / given;
        double covered = 1 - below - above;
        boolean breaks = design.bound() && (covered < LEAST || covered > MOST || intervals.size() < runs);
        broken |= breaks;
        String figures = intervals.isEmpty()
                ? "| | |"
                : String.format(Locale.ROOT, "| %.1f %% | %.1f %%, %.1f %% |", 100 * covered, 100 * below, 100 * above);
        System.out.println(String.format(
                Locale.ROOT,
                "| %s %s %.1f %% | %s | %s |",
                design.name(),
                figures,
                100 - 100.0 * intervals.size() / runs,
                intervals.isEmpty() ? "" : String.format(Locale.ROOT, "%.3f", width),
                verdict(design.bound(), breaks)));
    }

    private void falseAlarms() {
        System.out.println("\n| simulated | any difference declared | bound |");
        System.out.println("|---|---|---|");
        for (int subjects : new int[] {2, 3, 5}) {
            falseAlarm(new EqualModels(subjects, 60, 1), true);
        }
        falseAlarm(new EqualModels(5, 200, 1), true);
        falseAlarm(new EqualModels(3, 10, 1), true);
        falseAlarm(new EqualModels(3, 100, 5), true);
    }

    private void falseAlarm(EqualModels models, boolean bound) {
        double share = IntStream.range(0, runs)
                        .parallel()
                        .filter(run -> models.declaresADifference(generator(models.name(), run)))
                        .count()
                / (double) runs;
        boolean breaks = bound && share > MOST_FALSE;
        broken |= breaks;
        System.out.println(String.format(
                Locale.ROOT, "| %s | %.1f %% | %s |", models.name(), 100 * share, verdict(bound, breaks)));
    }

    private static String verdict(boolean bound, boolean breaks) {
        return !bound ? "" : breaks ? "BROKEN" : "holds";
    }

    /** {@link String#hashCode} is specified, so the seed is the same everywhere. */
    private static SplittableRandom generator(String design, int run) {
        return new SplittableRandom(((long) design.hashCode() << Integer.SIZE) + run);
    }
}
