package dev.melancia.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melancia.drift.DriftVerdict.Drifted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Four dated OpenAI model versions, 500 calls each on the same questions, in order of time (LLMDrift: Chen, Zaharia and Zou
 * 2023, Apache-2.0). The seconds in a timestamp hold a comma, hence the columns counted from the end.
 */
class DriftOnRealCallsTest {

    private static Map<String, List<double[]>> calls = Map.of();

    @BeforeAll
    static void read() {
        String folder = System.getenv("MELANCIA_DATA");
        assumeTrue(folder != null, "needs llmdrift-happy-number.csv in the folder MELANCIA_DATA");
        try (var lines = Files.lines(Path.of(folder, "llmdrift-happy-number.csv"))) {
            calls = lines.skip(1)
                    .map(line -> line.split(",", -1))
                    .collect(Collectors.groupingBy(
                            cells -> cells[0], Collectors.mapping(DriftOnRealCallsTest::figures, Collectors.toList())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] figures(String[] cells) {
        int last = cells.length - 1;
        return new double[] {
            Double.parseDouble(cells[last - 3]), Double.parseDouble(cells[last - 1]), Double.parseDouble(cells[last])
        };
    }

    @Test
    void theSummerUpdateOfGpt4ChangedEverything() {
        DriftReport report = detector("gpt-4-0314", 0, 500).check(metrics("gpt-4-0613", 0, 500));

        assertThat(report.drifted())
                .extracting(
                        Drifted::metric,
                        Drifted::severity,
                        drift -> drift.evidence().direction())
                .containsExactly(
                        tuple("latency", DriftSeverity.HIGH, DriftDirection.LOWER),
                        tuple("tokens", DriftSeverity.HIGH, DriftDirection.LOWER),
                        tuple("correct", DriftSeverity.HIGH, DriftDirection.LOWER));
        DriftEvidence correct = report.drifted().get(2).evidence();
        assertThat(correct.test().statistic()).as("from .836 correct to .352").isCloseTo(0.484, within(1e-12));
        assertThat(correct.effects().cliffsDelta()).isCloseTo(-0.484, within(1e-12));
    }

    @Test
    void theSummerUpdateOfGpt35GaveSlowerLongerAndBetterAnswers() {
        DriftReport report = detector("gpt-3.5-turbo-0301", 0, 500).check(metrics("gpt-3.5-turbo-0613", 0, 500));

        assertThat(report.drifted())
                .extracting(
                        Drifted::metric,
                        Drifted::severity,
                        drift -> drift.evidence().direction())
                .containsExactly(
                        tuple("latency", DriftSeverity.HIGH, DriftDirection.HIGHER),
                        tuple("tokens", DriftSeverity.HIGH, DriftDirection.HIGHER),
                        tuple("correct", DriftSeverity.MEDIUM, DriftDirection.HIGHER));
    }

    @Test
    void halvesOfOneVersionAreStable() {
        for (String version : List.of("gpt-3.5-turbo-0613", "gpt-4-0314", "gpt-4-0613")) {
            DriftReport report = detector(version, 0, 250).check(metrics(version, 250, 500));
            assertThat(report.isDrifted()).as(report.explain()).isFalse();
        }
    }

    /** The server's load changed during that run: its latency truly moved, its answers did not. */
    @Test
    void oneVersionsLatencyMovedWithinItsOwnRunWhileItsAnswersStayed() {
        DriftReport report = detector("gpt-3.5-turbo-0301", 0, 250).check(metrics("gpt-3.5-turbo-0301", 250, 500));

        assertThat(report.drifted()).extracting(Drifted::metric).containsExactly("latency");
        assertThat(report.drifted().get(0).severity()).isEqualTo(DriftSeverity.MEDIUM);
        assertThat(report.drifted().get(0).evidence().test().statistic()).isCloseTo(0.188, within(1e-12));
    }

    private static DriftDetector detector(String version, int from, int to) {
        DriftDetector.Builder builder = DriftDetector.builder();
        builder.baseline("latency", "s", column(version, 0, from, to));
        builder.baseline("tokens", "tokens", column(version, 1, from, to));
        builder.baseline("correct", "share", column(version, 2, from, to));
        return builder.build();
    }

    private static Map<String, double[]> metrics(String version, int from, int to) {
        return Map.of(
                "latency", column(version, 0, from, to),
                "tokens", column(version, 1, from, to),
                "correct", column(version, 2, from, to));
    }

    private static double[] column(String version, int column, int from, int to) {
        List<double[]> rows = calls.get(version);
        return Arrays.stream(rows.subList(from, to).toArray(double[][]::new))
                .mapToDouble(row -> row[column])
                .toArray();
    }
}
