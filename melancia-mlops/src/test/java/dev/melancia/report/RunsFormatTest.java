package dev.melancia.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.comparison.MetricDirections;
import dev.melancia.comparison.RunsReport;
import dev.melancia.comparison.SampleRuns;
import dev.melancia.experiment.RecordedRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsFormatTest {

    @TempDir
    Path folder;

    private RunsReport report() {
        RecordedRuns recorded = SampleRuns.in(folder);
        return RunsReport.of(
                recorded,
                recorded.all(),
                new RunsReport.Settings(
                        MetricDirections.standard(), Set.of("correctness", "exact_match", "latency_s")));
    }

    @Test
    void textShowsWhatDiffersAndWhatCanBeSaid() {
        String text = RunsFormat.TEXT.render(report());
        assertThat(text)
                .contains("correctness: no best run (within noise)")
                .contains("cost_usd: A phi3:mini")
                .contains("temperature")
                .contains("not set")
                .contains("0.002 ★")
                .contains("n=60")
                .contains("B is better")
                .contains("∞")
                .contains("12345678")
                .contains("Unknown whether more or less is better: oddity, speed")
                .doesNotContain("prompt");
        assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 116);
    }

    @Test
    void csvHasARowForEachRunAndMetricAndNoFormula() {
        String csv = RunsFormat.CSV.render(report());
        assertThat(csv.lines().findFirst().orElseThrow())
                .isEqualTo("run_id,run,kind,key,value,n,low,high,level,better,best,note");
        assertThat(csv).contains(",single,cost_usd,0.002,1,,,,lower,true,\r\n").contains("\"'=HYPERLINK(\"\"x\"\")\"");
        assertThat(csv.lines().filter(line -> line.contains(",samples,correctness,")))
                .hasSize(3);
    }

    @Test
    void thePageIsAloneAndEscapesEverything() throws IOException {
        RunsReport report = report();
        String page = RunsFormat.HTML.render(report);
        assertThat(page)
                .contains("phi3:mini &lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("Perguntas &amp; &lt;respostas&gt;")
                .contains("default-src 'none'; style-src 'sha256-")
                .doesNotContain("<script", "http:", "https:", "src=", "@import", "{{");
        Path file = Files.createDirectories(Path.of("target")).resolve("runs.html");
        RunsFormat.HTML.write(report, file);
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void figuresKeepWhatCounts() {
        assertThat(RunsTables.figure(0.123456)).isEqualTo("0.1235");
        assertThat(RunsTables.figure(-0.0)).isEqualTo("0");
        assertThat(RunsTables.figure(123456)).isEqualTo("123456");
        assertThat(RunsTables.figure(1e300)).isEqualTo("1.000e+300");
        assertThat(RunsTables.figure(-1.5e-7)).isEqualTo("\u22121.500e\u221207");
        assertThat(RunsTables.figure(Double.NEGATIVE_INFINITY)).isEqualTo("\u2212∞");
    }
}
