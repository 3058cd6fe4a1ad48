package dev.melancia.examples.quickstart;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.call.CallLog;
import dev.melancia.drift.DriftDetector;
import dev.melancia.drift.DriftReport;
import dev.melancia.examples.extractive.ExtractiveProvider;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.report.ReportFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Shows the five names at work on real input: {@code ModelRouter} with {@code FeatureFlags} on 300 calls of 60 users,
 * {@code Benchmark} on 60 questions, {@code DriftDetector} on the two halves of the traffic, all tracked by
 * {@code ExperimentTracker}. Ollama, OpenAI and Hugging Face join when their server or key is there, MLflow when
 * {@code MLFLOW_TRACKING_URI} is set.
 *
 * @since 0.1.0
 */
public final class Quickstart {

    static final int CALLS = 300;
    static final int USERS = 60;
    static final int WARM_UP_CALLS = 50;

    /** No user notices less. */
    private static final double NOTICEABLE_MILLIS = 50;

    private static final long SEED = 20_251_119;
    private static final int BENCHMARK_WARM_UP = 30;
    private static final String RECORDS = "calls.jsonl";
    private static final String QUESTIONS = "/dev/melancia/examples/extractive/questions.jsonl";

    private final Path folder;
    private final PrintStream out;
    private final Map<String, String> environment;

    Quickstart(Path folder, PrintStream out, Map<String, String> environment) {
        this.folder = folder;
        this.out = out;
        this.environment = environment;
    }

    /**
     * Runs the quickstart.
     *
     * @param args the folder for what it writes; {@code target/quickstart} unless given
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "target/quickstart");
        new Quickstart(folder, System.out, System.getenv()).run();
    }

    void run() throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(RECORDS));
        Dataset dataset = dataset();
        Summary summary = new Summary(out);
        summary.welcome();
        try (RealModels real = RealModels.find(environment);
                Tracking tracking =
                        new Tracking(ExperimentTracker.fromEnvironment(folder.resolve("runs"), environment), folder)) {
            BenchmarkReport report = benchmark(dataset);
            TrafficFigures traffic = traffic(dataset);
            DriftReport drift = drift(traffic);
            ReportFormat.HTML.write(report, folder.resolve("benchmark.html"));
            summary.routing(traffic);
            summary.benchmark(report);
            summary.drift(drift);
            summary.cost(traffic);
            tracking.benchmark(report);
            tracking.traffic(traffic, drift);
            real.tryOut(dataset, folder).ifPresent(realReport -> {
                summary.realModels(realReport);
                tracking.benchmark(realReport);
            });
            summary.where(folder, tracking.delivered());
        }
    }

    private BenchmarkReport benchmark(Dataset dataset) {
        ChatModelProviders providers = ChatModelProviders.of(new ExtractiveProvider());
        return BenchmarkReport.of(Benchmark.builder()
                .dataset(dataset)
                .subject(Extractive.subject(HybridTraffic.LOCAL, providers))
                .subject(Extractive.subject(HybridTraffic.PAID, providers))
                .warmUp(BENCHMARK_WARM_UP)
                .progress(System.err)
                .build()
                .run());
    }

    private TrafficFigures traffic(Dataset dataset) {
        List<Visit> warmUp = Visit.shuffled(dataset.questions(), WARM_UP_CALLS, USERS, SEED + 1);
        List<Visit> visits = Visit.shuffled(dataset.questions(), CALLS, USERS, SEED);
        Path records = folder.resolve(RECORDS);
        try (HybridTraffic hybrid = new HybridTraffic(record -> {})) {
            hybrid.run(warmUp);
        }
        try (CallLog log = CallLog.open(records);
                HybridTraffic hybrid = new HybridTraffic(log)) {
            return new TrafficFigures(hybrid.run(visits));
        }
    }

    private static DriftReport drift(TrafficFigures traffic) {
        TrafficFigures before = traffic.firstHalf();
        TrafficFigures after = traffic.secondHalf();
        return DriftDetector.builder()
                .baseline("latency", "ms", before.latencyMillis())
                .baseline("quality", "token F1", before.quality())
                .baseline("answer length", "tokens", before.outputTokens())
                .minimumShift("latency", NOTICEABLE_MILLIS)
                .alpha(0.01)
                .minimumEffect(0.2)
                .build()
                .check(Map.of(
                        "latency", after.latencyMillis(),
                        "quality", after.quality(),
                        "answer length", after.outputTokens()));
    }

    private Dataset dataset() throws IOException {
        Path file = folder.resolve("questions.jsonl");
        try (InputStream questions =
                Objects.requireNonNull(Quickstart.class.getResourceAsStream(QUESTIONS), QUESTIONS)) {
            Files.write(file, questions.readAllBytes());
        }
        return Dataset.read(file);
    }
}
