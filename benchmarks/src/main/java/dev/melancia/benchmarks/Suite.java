package dev.melancia.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all rows and prints the tables of {@link Summary}: {@code quick} (the default), {@code full} or {@code smoke}. Any
 * other arguments go to JMH as they are. JMH's results stay as JSON, one file a round and group, in the folder that the
 * system property {@code bench.results} names ({@code target/benchmarks} unless set).
 */
public final class Suite {

    private static final String[] JVM = {"-Xms512m", "-Xmx512m", "-XX:+UseG1GC"};
    private static final List<Class<?>> ONE_CALLER = List.of(
            DecideBenchmark.class,
            CallBenchmark.class,
            DeadlineBenchmark.class,
            InterruptBenchmark.class,
            CacheBenchmark.class);
    private static final int SHOTS = 5;
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final Plan plan;
    private final Path folder;

    private Suite(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /** Measures. */
    public static void main(String[] args) throws Exception {
        String first = args.length == 0 ? "quick" : args[0];
        if (Stream.of(Plan.values()).noneMatch(plan -> plan.name().equalsIgnoreCase(first))) {
            org.openjdk.jmh.Main.main(args);
            return;
        }
        new Suite(Plan.valueOf(first.toUpperCase(Locale.ROOT)), results()).run();
    }

    static Path results() {
        return Path.of(System.getProperty("bench.results", "target/benchmarks"));
    }

    private void run() throws IOException, RunnerException {
        Files.createDirectories(folder);
        empty(folder);
        Environment environment = Environment.before("suite " + plan.name().toLowerCase(Locale.ROOT));
        for (int round = 1; round <= plan.rounds; round++) {
            say("round " + round + " of " + plan.rounds);
            oneCaller(round);
            distinctKeys(round);
            contention(round);
            virtualCaller(round);
        }
        environment.write(folder);
        say(Summary.of(folder));
    }

    private void oneCaller(int round) throws RunnerException {
        ChainedOptionsBuilder options = options(round, "one-caller");
        ONE_CALLER.forEach(type -> options.include(pattern(type)));
        run(options);
    }

    private void distinctKeys(int round) throws RunnerException {
        run(options(round, "distinct-keys")
                .include(pattern(DistinctKeysBenchmark.class))
                .measurementIterations(SHOTS));
    }

    private void contention(int round) throws RunnerException {
        for (int threads : plan.threads()) {
            run(options(round, "threads-" + threads)
                    .include(pattern(ContentionBenchmark.class))
                    .threads(threads)
                    .warmupIterations(1)
                    .measurementIterations(Math.min(2, plan.iterations)));
        }
    }

    /** The same calls from a virtual thread, where the platform has them: run the suite on such a JDK. */
    private void virtualCaller(int round) throws RunnerException {
        if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
            run(options(round, Results.VIRTUAL)
                    .include(pattern(DeadlineBenchmark.class))
                    .jvmArgsAppend("-Djmh.executor=VIRTUAL"));
        }
    }

    private ChainedOptionsBuilder options(int round, String group) {
        say("  " + group);
        return new OptionsBuilder()
                .forks(1)
                .threads(1)
                .jvmArgs(JVM)
                .warmupIterations(plan.warmups)
                .warmupTime(plan.iteration())
                .measurementIterations(plan.iterations)
                .measurementTime(plan.iteration())
                .addProfiler(GCProfiler.class)
                .addProfiler(CallerCpu.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .resultFormat(ResultFormatType.JSON)
                .result(folder.resolve("round-" + round + "-" + group + ".json").toString());
    }

    private static void run(ChainedOptionsBuilder options) throws RunnerException {
        new Runner(options.build()).run();
    }

    private static String pattern(Class<?> type) {
        return type.getName().replace(".", "\\.") + "\\..*";
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
    }

    private static void say(String... lines) {
        Arrays.stream(lines).forEach(System.out::println);
    }
}
