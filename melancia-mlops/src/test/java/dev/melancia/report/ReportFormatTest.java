package dev.melancia.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.analysis.ScriptedRun;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportFormatTest {

    private static final BenchmarkReport REPORT = SampleReport.create();

    @TempDir
    Path folder;

    @Test
    void textTellsTheConclusionsFirstAndWhatIsUnknown() {
        String text = ReportFormat.TEXT.render(REPORT);

        assertThat(text)
                .contains("0.0 % [0.0, 13.8] 0 of 24", "4.2 % [0.7, 20.2] 1 of 24", "4.21 s", "154.70 s")
                .contains("0.00422 USD", "unknown", "n=20", "Question  subject", "q3        ollama/phi3");
        assertThat(text.indexOf("openai/gpt has the highest token F1")).isBetween(0, text.indexOf("-----"));
        assertThat(text.indexOf("openai/gpt is better than ollama/phi3 by")).isBetween(0, text.indexOf("-----"));
    }

    @ParameterizedTest
    @EnumSource(ReportLanguage.class)
    void textFitsATerminal(ReportLanguage language) {
        assertThat(ReportFormat.TEXT.render(RetailReport.create(), language).lines())
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(116))
                .anySatisfy(line -> assertThat(line).hasSizeGreaterThan(100));
    }

    @Test
    void portugueseHasADecimalCommaAndNoEnglishLabel() {
        String text = ReportFormat.TEXT.render(REPORT, ReportLanguage.PORTUGUESE);

        assertThat(text)
                .contains("24 perguntas", "4,21 s", "0,0 % [0,0; 13,8] 0 de 24", "taxa de falhas", "é melhor que")
                .doesNotContain("unknown", "failure", "questions", "better", "4.21");
    }

    @Test
    void markdownTablesHaveOneCellAColumnWhateverTheNames() {
        String markdown = ReportFormat.MARKDOWN.render(REPORT);
        List<String> rows =
                markdown.lines().filter(line -> line.startsWith("| token F1")).toList();

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).replace("\\|", "").chars().filter(c -> c == '|').count())
                .isEqualTo(4);
        assertThat(markdown)
                .startsWith(
                        "# Benchmark perguntas \\<retail\\> \\| media\n\n> **source hit@5 was not taken on the same")
                .contains("**\n\n- **openai/gpt has the highest")
                .contains("cannot see", "\\<b\\>server\\</b\\> closed the connection");
        assertThat(markdown.split("<details>", -1)).hasSameSizeAs(markdown.split("</details>", -1));
    }

    /** Scores of .1 and .3 in turn: a spread, but of fewer than 20 values. */
    private static BenchmarkReport few(int questions) {
        return ScriptedRun.of(questions)
                .subject("chain", question -> ScriptedRun.number(question) % 2 == 0 ? .1 : .3)
                .report();
    }

    @ParameterizedTest
    @EnumSource(
            value = ReportFormat.class,
            names = {"TEXT", "MARKDOWN", "HTML"})
    void anIntervalToBeReadWithCautionIsMarkedAndExplainedOnce(ReportFormat format) {
        assertThat(format.render(few(8))).contains("]† n=8").containsOnlyOnce("† n too small for this interval");
        assertThat(format.render(few(8), ReportLanguage.PORTUGUESE))
                .containsOnlyOnce("† n pequeno demais para que este intervalo");
        assertThat(format.render(few(30))).doesNotContain("†");
    }

    @Test
    void programsReadTheCautionInFull() throws IOException {
        String caution = "n too small to know the spread: 8 values, at least 20 that differ needed";
        JsonNode subject = new JsonMapper()
                .readTree(ReportFormat.JSON.render(few(8)))
                .path("subjects")
                .path(0);

        assertThat(metric(subject, ScriptedRun.QUALITY).path("caution").asText())
                .startsWith(caution);
        assertThat(ReportFormat.SUMMARY_CSV.render(few(8))).contains(",scorer_failed,note,caution\r\n", caution);
        assertThat(ReportFormat.JSON.render(few(30))).doesNotContain("at least 20 that differ");
    }

    private static JsonNode metric(JsonNode subject, String name) {
        for (JsonNode metric : subject.path("metrics")) {
            if (metric.path("metric").asText().equals(name)) {
                return metric;
            }
        }
        throw new AssertionError("no metric " + name);
    }

    @Test
    void summaryHasARowForEachSubjectAndMetric() {
        String csv = ReportFormat.SUMMARY_CSV.render(REPORT);

        assertThat(csv.split("\r\n")).hasSize(1 + 2 * REPORT.metrics().size());
        assertThat(csv)
                .startsWith("subject,metric,unit,n,clusters,mean,low,high,level,method,median,p95,")
                .contains("openai/gpt,latency,s,24,24,4.21,,,,no interval,4.21,,,0,0,")
                .contains("ollama/phi3,cost,USD,0,");
    }

    @Test
    void csvFollowsRfc4180AndStartsNoFormula() {
        String csv = ReportFormat.CSV.render(REPORT);

        assertThat(csv).startsWith("subject,question_id,question,").contains("\r\n");
        assertThat(csv.split("\r\n")).hasSize(1 + 2 * 24);
        assertThat(csv)
                .contains("openai/gpt,q1,Qual é o prazo número 1?,dentro de 1 dias,true,'=1+1,,4210000000,900,68");
        assertThat(csv).contains("\"</p><script>alert('x')</script> {{questions}} & \"\"quoted\"\" </SCRIPT>");
        assertThat(csv).contains("ollama/phi3,q4,").contains(",154700000000,,,,CUT_OFF,");
        assertThat(csv).contains("IllegalStateException: <b>server</b> closed the connection,154700000000,,,,,,,,,,");
    }

    @Test
    void csvGuardsEveryStartThatSpreadsheetsEvaluate() {
        for (String start : List.of("=", "+", "-", "@", "\t=", " =", "\n=", "\uFF1D")) {
            assertThat(CsvReport.text(start + "1")).matches("(?s)\"?'.*");
        }
        assertThat(CsvReport.text("a=1")).isEqualTo("a=1");
        assertThat(CsvReport.text("a; b-c; 1")).isEqualTo("a; b-c; 1");
        assertThat(CsvReport.text("a,\"b\"\n")).isEqualTo("\"a,\"\"b\"\"\n\"");
    }

    @Test
    void csvGuardsFormulasThatBeginWhereSemicolonOrTabSeparates() {
        assertThat(CsvReport.text("a;=1+1")).isEqualTo("a;'=1+1");
        assertThat(CsvReport.text("a; @b;+1")).isEqualTo("a;' @b;'+1");
        assertThat(CsvReport.text("a\t-1")).isEqualTo("a\t'-1");
        assertThat(CsvReport.text("a\n=1")).isEqualTo("\"a\n'=1\"");
        assertThat(CsvReport.text("a;\"=1\"")).isEqualTo("\"a;'\"\"=1\"\"\"");
    }

    @Test
    void jsonHoldsEverythingAndLeavesOutWhatIsUnknown() throws IOException {
        JsonNode json = new JsonMapper().readTree(ReportFormat.JSON.render(REPORT));

        assertThat(json.path("v").asInt()).isEqualTo(1);
        assertThat(json.path("questions")).hasSize(24);
        JsonNode gpt = json.path("subjects").path(0);
        assertThat(json.path("pairs")
                        .path(0)
                        .path("metrics")
                        .path(0)
                        .path("verdict")
                        .asText())
                .isEqualTo("first_better");
        assertThat(json.path("pairs").path(0).path("sentence").path("pt-BR").asText())
                .startsWith("openai/gpt é melhor que ollama/phi3");
        assertThat(json.path("pareto").path("subjects").path(1).path("standing").asText())
                .isEqualTo("unknown");
        assertThat(gpt.path("cost").path("totalUsd").asText()).isEqualTo("0.004219200000");
        JsonNode phi = json.path("subjects").path(1);
        assertThat(phi.path("cost").has("totalUsd")).isFalse();
        assertThat(phi.path("outcomes").path(3).path("error").asText()).isEqualTo("IllegalStateException");
        assertThat(phi.path("outcomes").path(3).has("answer")).isFalse();
        assertThat(phi.path("outcomes").path(0).has("inputTokens")).isFalse();
        assertThat(metric(phi, "cost").has("mean")).isFalse();
        assertThat(metric(gpt, "latency").path("median").path("value").asDouble())
                .isEqualTo(4.21);
        assertThat(phi.path("metrics").path(0).path("n").asInt()).isEqualTo(19);
        assertThat(gpt.path("outcomes")
                        .path(5)
                        .path("scores")
                        .path("token F1")
                        .path("notApplicable")
                        .asText())
                .isEqualTo("the question has no answer");
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void isTheSameInEveryLocale(ReportFormat format) {
        String here = format.render(REPORT);
        String portuguese = format.render(REPORT, ReportLanguage.PORTUGUESE);
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale.Builder().setLanguage("tr").setRegion("TR").build());
        try {
            assertThat(format.render(REPORT)).isEqualTo(here);
            assertThat(format.render(REPORT, ReportLanguage.PORTUGUESE)).isEqualTo(portuguese);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void writesAFileInUtf8(ReportFormat format) throws IOException {
        Path file = folder.resolve("report." + format.extension());

        format.write(REPORT, file);

        assertThat(Files.readString(file)).isEqualTo(format.render(REPORT));
    }

    @Test
    void answerCutInsideACharacterIsStillWritten() throws IOException {
        BenchmarkReport report = BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("d", List.of(Question.of("q", "Qual?", "x"))))
                .subject(Subject.of("s", question -> Answer.of("cortado \uD83C")))
                .build()
                .run());
        Path file = folder.resolve("report.html");

        ReportFormat.HTML.write(report, file);

        assertThat(Files.readString(file)).contains("cortado ?");
    }

    @Test
    void namesCannotSteerATerminal() {
        BenchmarkReport report = BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("d\u001B[2J\u202E", List.of(Question.of("q", "Qual?", "x"))))
                .subject(Subject.of("s", question -> Answer.of("x")))
                .build()
                .run());

        assertThat(ReportFormat.TEXT.render(report)).startsWith("Benchmark d [2J \n");
    }
}
