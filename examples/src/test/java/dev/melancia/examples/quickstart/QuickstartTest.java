package dev.melancia.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melancia.benchmark.Dataset;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.RecordedRun;
import dev.melancia.experiment.RunStatus;
import dev.melancia.scorer.Question;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the quickstart once, as on a machine with no key, no server and no Python, and reads what it left. */
class QuickstartTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static String summary = "";

    @BeforeAll
    static void runQuickstart() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        new Quickstart(folder, print, Map.of("OLLAMA_HOST", "127.0.0.1:1")).run();
        summary = out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysForEveryCallWhatDecided() {
        String routing = section("1. Routing", "answered by");

        assertThat(routing).contains("300 calls of 60 users");
        assertThat(numbers(routing, "(?m)^ +(\\d+)  .+ -> extractive/\\w+$")).hasSizeGreaterThan(3);
        assertThat(numbers(routing, "(?m)^ +(\\d+)  .+ -> extractive/\\w+$").stream()
                        .mapToInt(calls -> calls)
                        .sum())
                .isEqualTo(Quickstart.CALLS);
        assertThat(routing)
                .containsPattern("short question -> extractive/sentence")
                .containsPattern("premium -> extractive/passage")
                .containsPattern("everybody else, 80/20 by user -> ");
    }

    @Test
    void keepsEveryUserOnOneSide() {
        assertThat(summary).contains("users seen on both sides of the split: 0");
    }

    @Test
    void fallsBackAndSaysWhy() throws IOException {
        int told = numbers(summary, "(\\d+) calls fell back").get(0);
        long recorded = records().stream()
                .filter(record -> !record.path("assigned").equals(record.path("answered_by")))
                .count();

        assertThat(told).isPositive().isEqualTo((int) recorded);
        assertThat(summary)
                .containsPattern("decided +(rule \\d|no rule took it).* -> local")
                .containsPattern("tried +extractive/sentence RATE_LIMITED \\(RateLimitException\\)")
                .containsPattern("tried +extractive/passage ANSWERED");
    }

    @Test
    void correctsTheCostTableOfTheReport() {
        String cost = section("4. Cost", "5. Look");

        assertThat(cost)
                .containsPattern("(?m)^.* 450 +0\\.45 +[\\d.]+$")
                .containsPattern("(?m)^.* 30 +30\\.00 +30\\.00$")
                .containsPattern("(?m)^.* 120 +30\\.09 +[\\d.]+$");
    }

    @Test
    void givesEveryBenchmarkMeanItsNumberAndEveryDriftVerdictItsReason() {
        assertThat(section("2. Benchmark", "3. Drift")).contains("60 questions", "extractive/passage", "token");
        assertThat(section("3. Drift", "4. Cost").strip().lines()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void writesAReportThatStandsByItself() throws IOException {
        String html = Files.readString(folder.resolve("benchmark.html"));

        assertThat(html).startsWith("<!").contains("extractive/sentence", "extractive/passage", "</html>");
        assertThat(html).doesNotContain("src=\"http", "href=\"http");
        assertThat(folder.resolve("real-models.html")).doesNotExist();
    }

    @Test
    void writesARecordOfEveryCallThatBeginsWithItsVersion() throws IOException {
        assertThat(Files.readAllLines(folder.resolve("calls.jsonl")))
                .hasSize(Quickstart.CALLS)
                .allSatisfy(line -> assertThat(line).startsWith("{\"v\":1,"));
        assertThat(records()).allSatisfy(record -> {
            assertThat(record.path("outcome").asText()).isEqualTo("answered");
            assertThat(record.path("policy").asText()).isEqualTo("hybrid");
            assertThat(record.path("reason").asText()).isNotBlank();
            assertThat(record.path("attempts")).isNotEmpty();
        });
    }

    @Test
    void writesNeitherUsersNorQuestionsIntoTheRecords() throws IOException {
        String all = Files.readString(folder.resolve("calls.jsonl"));
        TreeSet<String> keys = new TreeSet<>();
        records().forEach(record -> keys.add(record.path("user_key").asText()));

        assertThat(all).doesNotContainPattern("user-\\d\\d");
        assertThat(keys).hasSize(Quickstart.USERS).allMatch(key -> key.matches("[0-9a-f]{32}"));
        for (Question question : Dataset.read(folder.resolve("questions.jsonl")).questions()) {
            assertThat(all).doesNotContain(question.text());
        }
    }

    @Test
    void tracksFinishedRunsWithParametersMetricsAndTheReport() {
        try (ExperimentTracker tracker = ExperimentTracker.fromEnvironment(folder.resolve("runs"), Map.of())) {
            List<RecordedRun> runs = tracker.runs();

            assertThat(runs)
                    .extracting(RecordedRun::name)
                    .containsExactly("benchmark extractive/sentence", "benchmark extractive/passage", "hybrid traffic");
            assertThat(runs).allSatisfy(run -> {
                assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
                assertThat(run.params()).hasSizeGreaterThanOrEqualTo(4);
                assertThat(run.metrics()).hasSizeGreaterThan(5);
                assertThat(run.artifacts())
                        .containsKey(run.name().startsWith("benchmark") ? "report.html" : "benchmark.html");
            });
            assertThat(runs.get(2).metrics().get("latency_ms").count()).isEqualTo(Quickstart.CALLS);
            assertThat(runs.get(2).metrics().get("users_on_both_arms").last()).isZero();
        }
    }

    private static List<JsonNode> records() throws IOException {
        return Files.readAllLines(folder.resolve("calls.jsonl")).stream()
                .map(QuickstartTest::parsed)
                .toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static String section(String from, String to) {
        assertThat(summary).contains(from, to);
        int start = summary.indexOf(from);
        return summary.substring(start, summary.indexOf(to, start));
    }

    private static List<Integer> numbers(String text, String pattern) {
        List<MatchResult> found =
                Pattern.compile(pattern).matcher(text).results().toList();
        assertThat(found).as(pattern + " in " + text).isNotEmpty();
        return found.stream().map(match -> Integer.valueOf(match.group(1))).toList();
    }
}
