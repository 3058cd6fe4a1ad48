package dev.melancia.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melancia.stats.KolmogorovSmirnovResult.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against exact p-values by full enumeration, from the test resources of Apache Commons Statistics (Apache-2.0). */
class KolmogorovSmirnovReferenceTest {

    private static final List<Row> ROWS = new ArrayList<>();

    private record Row(int m, int n, long dmn, double atLeast, double above) {

        static Row parse(String line) {
            String[] cells = line.split(",", -1);
            return new Row(
                    Integer.parseInt(cells[0]),
                    Integer.parseInt(cells[1]),
                    Long.parseLong(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]));
        }

        double counted(long d) {
            int[] ends = IntStream.rangeClosed(1, m + n).toArray();
            return new TiedPaths(new KsDistance(m, n, d, 0, m + n), ends).tailProbability();
        }
    }

    @BeforeAll
    static void read() {
        String folder = System.getenv("MELANCIA_DATA");
        assumeTrue(folder != null, "needs ks-two-sample-small.csv in the folder MELANCIA_DATA");
        try (var lines = Files.lines(Path.of(folder, "ks-two-sample-small.csv"))) {
            lines.skip(1).map(Row::parse).forEach(ROWS::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(ROWS).hasSize(268);
    }

    @Test
    void pathCountingMatchesEveryRowAndItsStrictTail() {
        assertThat(ROWS).allSatisfy(row -> {
            assertThat(row.counted(row.dmn)).isCloseTo(row.atLeast, within(1e-12 * row.atLeast));
            assertThat(row.counted(row.dmn + 1)).isCloseTo(row.above, within(1e-12 * row.above));
        });
    }

    @Test
    void theTestMatchesEveryRowThatUntiedSamplesCanShow() {
        int shown = 0;
        for (Row row : ROWS) {
            double[][] samples = UntiedSamples.withDistance(row.m, row.n, row.dmn);
            if (samples.length == 0) {
                assertThat(row.dmn)
                        .as("%s: only very small distances need ties", row)
                        .isLessThan(row.m + row.n);
                continue;
            }
            shown++;
            var result = KolmogorovSmirnov.test(samples[0], samples[1], new SplittableRandom(1));
            assertThat(result.statistic()).isEqualTo((double) row.dmn / (row.m * row.n));
            assertThat(result.method()).isEqualTo(Method.EXACT);
            assertThat(result.pValue()).as("%s", row).isCloseTo(row.atLeast, within(1e-12 * row.atLeast));
        }
        assertThat(shown).isGreaterThan(200);
    }
}
