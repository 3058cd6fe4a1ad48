package dev.melancia.benchmarks;

import dev.melancia.benchmarks.CoverageDesigns.Design;
import dev.melancia.benchmarks.CoverageDesigns.Reported;
import dev.melancia.stats.Interval;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Predicate;
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
        System.out.println(
                "| simulated | holds the truth | truth below, above | mean width | no interval | says n too small | bound |");
        System.out.println("|---|---|---|---|---|---|---|");
        CoverageDesigns.all().forEach(this::interval);
    }

    private void interval(Design design) {
        List<Reported> found = IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> design.draw().apply(generator(design.name(), run)))
                .toList();
        List<Interval> given =
                found.stream().flatMap(one -> one.interval().stream()).toList();
        double covered = share(given, interval -> interval.contains(design.truth()));
        boolean breaks = design.bound() && !(covered >= LEAST && covered <= MOST && given.size() == runs);
        broken |= breaks;
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %s | %.1f %% | %.1f %% | %s |",
                design.name(),
                given.isEmpty() ? "| |" : figures(given, design.truth()),
                100 - 100.0 * given.size() / runs,
                100 * share(found, Reported::saysTooSmall),
                verdict(design.bound(), breaks)));
    }

    private static String figures(List<Interval> given, double truth) {
        return String.format(
                Locale.ROOT,
                "%.1f %% | %.1f %%, %.1f %% | %.3f",
                100 * share(given, interval -> interval.contains(truth)),
                100 * share(given, interval -> truth < interval.low()),
                100 * share(given, interval -> truth > interval.high()),
                given.stream().mapToDouble(i -> i.high() - i.low()).average().orElseThrow());
    }

    private static <T> double share(List<T> all, Predicate<T> counted) {
        return all.stream().filter(counted).count() / (double) Math.max(1, all.size());
    }

    private void falseAlarms() {
        System.out.println("\n| simulated | any difference declared | bound |");
        System.out.println("|---|---|---|");
        for (EqualModels models : List.of(
                new EqualModels(2, 60, 1),
                new EqualModels(3, 10, 1),
                new EqualModels(3, 100, 5),
                new EqualModels(5, 60, 1),
                new EqualModels(5, 200, 1))) {
            falseAlarm(models);
        }
    }

    private void falseAlarm(EqualModels models) {
        double share = IntStream.range(0, runs)
                        .parallel()
                        .filter(run -> models.declaresADifference(generator(models.name(), run)))
                        .count()
                / (double) runs;
        boolean breaks = share > MOST_FALSE;
        broken |= breaks;
        System.out.println(
                String.format(Locale.ROOT, "| %s | %.1f %% | %s |", models.name(), 100 * share, verdict(true, breaks)));
    }

    private static String verdict(boolean bound, boolean breaks) {
        return !bound ? "" : breaks ? "BROKEN" : "holds";
    }

    /** {@link String#hashCode} is specified, so the seed is the same everywhere. */
    private static SplittableRandom generator(String design, int run) {
        return new SplittableRandom(((long) design.hashCode() << Integer.SIZE) + run);
    }
}
