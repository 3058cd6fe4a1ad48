package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.melancia.scorer.Score;
import dev.melancia.scorer.Scorer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process is killed in the middle of its calls, as by kill -9, again and again, and resumed to the end.
 * {@code -Dmelancia.benchmark.kills=} says how often (3 unless set), {@code -Dmelancia.benchmark.seed=} when.
 */
class BenchmarkKillTest {

    private static final int KILLS = Integer.getInteger("melancia.benchmark.kills", 3);
    /** Each question of two subjects and repeats, and a warm-up of each. */
    private static final int CALLS = BenchmarkChild.QUESTIONS * BenchmarkChild.REPEATS * 2;

    /** Its scores would be kept in the folder, which another process is using. */
    private static final Scorer COSTLY = new CostlyScorer("judge", (question, answer) -> Score.of(1));

    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final AtomicInteger untilKill = new AtomicInteger();
    private final AtomicReference<Process> victim = new AtomicReference<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<Throwable> whileItRuns = new AtomicReference<>();
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.merge(question, 1, Integer::sum);
        Process process = victim.get();
        if (untilKill.decrementAndGet() == 0 && process != null) {
            whileItRuns.set(catchThrowable(() -> BenchmarkResult.load(folder, List.of(COSTLY))));
            process.destroyForcibly();
        }
        byte[] body = ("to " + question).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void noQuestionIsLostAndNoAnswerIsPaidTwice() throws Exception {
        long seed = Long.getLong("melancia.benchmark.seed", System.nanoTime());
        System.out.println("melancia.benchmark.seed=" + seed);
        Random random = new Random(seed);
        Set<CallKey> recorded = new HashSet<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            Map<CallKey, Integer> before = timesAsked();
            int left = CALLS - recorded.size();
            assertThat(child(2 + random.nextInt(Math.max(1, left / 3)))).isNotZero();
            assertThat(whileItRuns.get()).hasMessageContaining("is in use");
            assertThatNoneWasAskedAgain(recorded, before);
            recorded.addAll(answered());
        }
        Map<CallKey, Integer> before = timesAsked();
        assertThat(child(Integer.MAX_VALUE)).as("exit code of the last process").isZero();
        assertThatNoneWasAskedAgain(recorded, before);

        BenchmarkResult result = BenchmarkResult.load(folder);
        assertThat(result.endedBy()).isEqualTo(BenchmarkResult.EndedBy.ALL_ASKED);
        assertThat(answered()).hasSize(CALLS);
        int doubles = doubles();
        System.out.println(KILLS + " kills: " + CALLS + " questions answered, " + doubles + " asked twice, "
                + result.inDoubt() + " in doubt, " + recorded.size() + " recorded before the last process");
        assertThat(doubles).isLessThanOrEqualTo(result.inDoubt());
        assertThat(result.inDoubt()).isPositive();
    }

    /** Runs a process, which is killed when it asks the question of that number. */
    private int child(int killAt) throws Exception {
        Path output = folder.resolveSibling(folder.getFileName() + ".log");
        untilKill.set(Integer.MAX_VALUE);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchmarkChild.class.getName(),
                        folder.toString(),
                        "http:/" + server.getAddress()))
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
        victim.set(process);
        untilKill.set(killAt);
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }

    private Map<CallKey, Integer> timesAsked() {
        Map<CallKey, Integer> times = new HashMap<>();
        asked.forEach((question, count) -> times.put(key(question), count));
        return times;
    }

    private static CallKey key(String line) {
        String[] parts = line.split("/", 3);
        return new CallKey(parts[0], parts[1], Integer.parseInt(parts[2]));
    }

    private void assertThatNoneWasAskedAgain(Set<CallKey> recorded, Map<CallKey, Integer> before) {
        Map<CallKey, Integer> now = timesAsked();
        assertThat(recorded)
                .allSatisfy(key -> assertThat(now.get(key)).as("%s", key).isEqualTo(before.get(key)));
    }

    private Set<CallKey> answered() {
        Set<CallKey> keys = new HashSet<>();
        for (SubjectResult subject : BenchmarkResult.load(folder, List.of()).subjects()) {
            for (Outcome outcome : subject.outcomes()) {
                assertThat(outcome.reply()).isPresent();
                keys.add(new CallKey(
                        subject.name(), outcome.question().id(), outcome.call().repeat()));
            }
        }
        return keys;
    }

    private int doubles() {
        return timesAsked().entrySet().stream()
                .filter(entry -> !entry.getKey().question().equals(Call.WARM_UP.id()))
                .mapToInt(entry -> entry.getValue() - 1)
                .sum();
    }
}
