package dev.melancia.mlflow.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of a process that records and uploads, and in every other round of the server as well, at moments drawn from a
 * seed. All rounds share one folder and one server's data, so that each has to mend what the one before left. More rounds:
 * {@code -Dkill.rounds=100}; one series again: {@code -Dkill.seed=…}. Figures are appended to
 * {@code target/kill-rounds.txt}.
 */
class KillRoundsIT {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 10);
    private static final long SEED = Long.getLong("kill.seed", 20261130);
    private static final String EXPERIMENT = "kill rounds";
    private static final Path REPORT = Path.of("target", "kill-rounds.txt");
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final List<String> acknowledged = new ArrayList<>();
    private int checked;

    @Test
    void everythingAcknowledgedIsOnTheServerExactlyOnce() throws Exception {
        Path store = folder.resolve("store");
        try (OwnServer server = OwnServer.start(folder.resolve("server"), Map.of())) {
            for (int round = 0; round < ROUNDS; round++) {
                round(round, store, server);
                if (random.nextInt(3) == 0 || round == ROUNDS - 1) {
                    check(round, store, server);
                }
            }
        }
    }

    private void round(int round, Path store, OwnServer server) throws Exception {
        Process process = RecordingProcess.start(store, server.uri(), EXPERIMENT, SEED + round);
        CompletableFuture<List<String>> lines = CompletableFuture.supplyAsync(() -> read(process));
        pause(process, 500 + random.nextInt(3_000));
        boolean both = round % 2 == 1;
        if (both) {
            server.kill();
            pause(process, random.nextInt(1_500));
            if (random.nextBoolean()) {
                server.start();
                pause(process, random.nextInt(2_000));
            }
        }
        process.toHandle().destroyForcibly(); // Unlike the process's own method, this leaves the pipe open.
        if (both) {
            server.start(); // Does nothing when it runs.
        }
        List<String> said = lines.get(1, TimeUnit.MINUTES);
        acknowledged.addAll(said);
        String server9 = both ? ", the server was killed too" : "";
        tell("seed " + SEED + ", round " + round + ": " + said.size() + " acknowledged" + server9);
    }

    private static void pause(Process process, long millis) throws InterruptedException {
        assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS))
                .as("the process ended by itself")
                .isFalse();
    }

    /** Figures for whoever watches a long series. */
    private static void tell(String line) throws IOException {
        Files.writeString(REPORT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Whole lines only: the last one may be cut. */
    private static List<String> read(Process process) {
        StringBuilder text = new StringBuilder();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int c = out.read(); c >= 0; c = out.read()) {
                text.append((char) c);
            }
        } catch (IOException closed) {
            text.append("");
        }
        List<String> lines = new ArrayList<>(List.of(text.toString().split("\n", -1)));
        lines.remove(lines.size() - 1);
        return lines;
    }

    private void check(int round, Path store, OwnServer server) throws Exception {
        String place = "seed " + SEED + ", round " + round;
        try (ExperimentTracker tracker = RecordingProcess.tracker(store, server.uri(), EXPERIMENT)) {
            assertThat(tracker.flush(TIMEOUT)).as(place).isTrue();
            assertThat(tracker.uploads().orElseThrow().setAside()).as(place).isZero();
        }
        assertThat(rejected(store)).as(place).isEmpty();
        try (MlflowApi api =
                MlflowApi.connect(MlflowSettings.builder(server.uri()).build())) {
            ServerTruth truth = new ServerTruth(api);
            truth.read(EXPERIMENT);
            for (String line : acknowledged) {
                truth.check(line);
            }
            checked += acknowledged.size();
            assertThat(truth.differences()).as(place).isEmpty();
            tell(place + ": " + checked + " items of " + truth.runs() + " runs checked, " + truth.twinsDeleted()
                    + " twins deleted");
        }
        acknowledged.clear();
    }

    private static List<String> rejected(Path store) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(f -> f.toString().contains("rejected") && Files.isRegularFile(f))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
