package dev.melancia.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Placement;
import dev.melancia.benchmark.Subject;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.ScoreScale;
import dev.melancia.scorer.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the schedule of a benchmark adds to its calls: 200 questions to a loopback server that takes 50 ms for each, ten at
 * once, so a second at best. After a run that warms this JVM up, five are measured from the first request to the last answer,
 * of bare threads (what the machine can do), without a folder and with one. Ends with exit code 1 when a median is above a second / .95.
 */
public final class Scheduling {

    private static final int QUESTIONS = 200;
    private static final int AT_ONCE = 10;
    private static final long TAKES_MILLIS = 50;
    private static final int RUNS = 5;
    private static final double IDEAL_SECONDS = QUESTIONS * TAKES_MILLIS / 1e3 / AT_ONCE;
    private static final double LEAST_SHARE = .95;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final AtomicLong first = new AtomicLong();
    private final AtomicLong last = new AtomicLong();

    private Scheduling(URI server) {
        this.server = server;
    }

    /** Runs it. */
    public static void main(String[] args) throws IOException {
        // Else the server's head and body wait 40 ms for each other: it would be its delay that is measured.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var unused = timers.schedule(() -> answer(exchange), TAKES_MILLIS, TimeUnit.MILLISECONDS);
        });
        server.start();
        Path folder = Files.createTempDirectory("melancia-scheduling");
        try {
            Scheduling scheduling = new Scheduling(URI.create("http:/" + server.getAddress()));
            scheduling.run(null);
            scheduling.measure("bare threads", i -> scheduling.bareThreads());
            boolean fast = scheduling.measure("no folder", i -> scheduling.run(null));
            fast &= scheduling.measure("folder", i -> scheduling.run(folder.resolve("run" + i)));
            System.exit(fast ? 0 : 1);
        } finally {
            server.stop(0);
            timers.shutdownNow();
        }
    }

    private static void answer(HttpExchange exchange) {
        byte[] body = "resposta".getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean measure(String what, IntToDoubleFunction run) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            seconds.add(run.applyAsDouble(i));
        }
        double median = seconds.stream().sorted().toList().get(RUNS / 2);
        System.out.println(String.format(
                Locale.ROOT,
                "%-12s first request to last answer %s s, median %.3f s, %.1f %% of ideal (at least %.0f %%)",
                what,
                seconds.stream()
                        .map(one -> String.format(Locale.ROOT, "%.3f", one))
                        .toList(),
                median,
                100 * IDEAL_SECONDS / median,
                100 * LEAST_SHARE));
        return median <= IDEAL_SECONDS / LEAST_SHARE;
    }

    /** What this machine can do: threads that do nothing else. */
    private double bareThreads() {
        begin();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        questions().forEach(question -> threads.execute(() -> ask(question)));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the loopback server does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return took();
    }

    private static List<Question> questions() {
        return IntStream.range(0, QUESTIONS)
                .mapToObj(i -> Question.of("q" + i, "Qual é o prazo número " + i + "?", "resposta"))
                .toList();
    }

    private void begin() {
        first.set(Long.MAX_VALUE);
        last.set(Long.MIN_VALUE);
    }

    private double took() {
        return (last.get() - first.get()) / 1e9;
    }

    private double run(@Nullable Path folder) {
        begin();
        Benchmark.Builder benchmark = Benchmark.builder()
                .dataset(Dataset.of("scheduling", questions()))
                .subject(Subject.of("loopback", this::ask).placed(Placement.remote(AT_ONCE)))
                .scorer(Scorer.of("none", ScoreScale.unit(), (question, answer) -> Score.notApplicable("not asked")))
                .warmUp(0);
        if (folder != null) {
            benchmark.folder(folder);
        }
        benchmark.build().run();
        return took();
    }

    private Answer ask(Question question) {
        first.accumulateAndGet(System.nanoTime(), Math::min);
        HttpRequest request = HttpRequest.newBuilder(server)
                .POST(HttpRequest.BodyPublishers.ofString(question.text()))
                .build();
        try {
            String text =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            last.accumulateAndGet(System.nanoTime(), Math::max);
            return Answer.of(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
