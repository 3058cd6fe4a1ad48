package dev.melancia.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

class ReportFormatTest {

    private static final BenchmarkReport REPORT = SampleReport.create();

    @TempDir
    Path folder;

    @Test
    void textShowsIntervalsCountsAndWhatIsUnknown() {
        String text = ReportFormat.TEXT.render(REPORT);

        assertThat(text)
                .contains("openai/gpt   0.0 % [0.0, 13.8] 0 of 24", "4.2 % [0.7, 20.2] 1 of 24")
                .contains("4.21 s", "154.70 s", "0.000176 USD", "0.0042192 USD", "unknown")
                .contains("n=20");
        assertThat(text.lines().filter(line -> line.startsWith("ollama/phi3"))).hasSize(2);
    }

    @Test
    void markdownTablesHaveOneCellAColumnWhateverTheNames() {
        List<String> rows = ReportFormat.MARKDOWN
                .render(REPORT)
                .lines()
                .filter(line -> line.startsWith("| ollama"))
                .toList();

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).replace("\\|", "").chars().filter(c -> c == '|').count())
                .isEqualTo(6);
        assertThat(ReportFormat.MARKDOWN.render(REPORT))
                .startsWith("# Benchmark perguntas \\<retail\\> \\| media\n")
                .contains("Cannot see: synonyms");
    }

    @Test
    void csvFollowsRfc4180AndStartsNoFormula() {
        String csv = ReportFormat.CSV.render(REPORT);

        assertThat(csv).startsWith("subject,question_id,question,").contains("\r\n");
        assertThat(csv.split("\r\n")).hasSize(1 + 2 * 24);
        assertThat(csv)
                .contains("openai/gpt,q1,Qual é o prazo número 1?,dentro de 1 dias,true,'=1+1,,4210000000,900,68");
        assertThat(csv).contains("\"</p><script>alert('x')</script> {{questions}} & \"\"quoted\"\"\"");
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
        assertThat(gpt.path("cost").path("totalUsd").asText()).isEqualTo("0.004219200000");
        JsonNode phi = json.path("subjects").path(1);
        assertThat(phi.path("cost").has("totalUsd")).isFalse();
        assertThat(phi.path("outcomes").path(3).path("error").asText()).isEqualTo("IllegalStateException");
        assertThat(phi.path("outcomes").path(3).has("answer")).isFalse();
        assertThat(phi.path("metrics").path(0).path("n").asInt()).isEqualTo(19);
        assertThat(gpt.path("outcomes")
                        .path(5)
                        .path("scores")
                        .path("token F1")
                        .path("notApplicable")
                        .asText())
                .isEqualTo("the question has no answer");
    }

    @Test
    void htmlEscapesEveryTextAndReadsNoneAsATemplate() {
        String html = ReportFormat.HTML.render(REPORT);

        assertThat(html).doesNotContain("<script", "<b>server").doesNotContainPattern("\\{\\{(?!questions)");
        assertThat(html)
                .contains("&lt;/p&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; {{questions}} &amp; &quot;quoted")
                .contains("<title>Benchmark perguntas &lt;retail&gt; | media</title>")
                .contains("&lt;b&gt;server&lt;/b&gt; closed the connection");
    }

    @Test
    void htmlNeedsNoNetworkAndNoScript() {
        String html = ReportFormat.HTML.render(REPORT);

        assertThat(html)
                .contains("default-src 'none'", "prefers-color-scheme: dark", "name=\"viewport\"")
                .doesNotContain("http:", "https:", "@import", "url(", "<link", "<img", " src=", " href=", " onclick");
    }

    @Test
    void htmlBodyIsWellFormed() throws ParserConfigurationException, SAXException, IOException {
        String html = ReportFormat.HTML.render(REPORT);
        String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));

        SAXParserFactory.newInstance()
                .newSAXParser()
                .parse(new InputSource(new StringReader(body)), new DefaultHandler());
    }

    @Test
    void htmlShowsEveryQuestionWithAllAnswers() {
        String html = ReportFormat.HTML.render(REPORT);

        assertThat(html.split("<details class=\"question\">", -1)).hasSize(1 + 24);
        assertThat(html.split("<section class=\"answer", -1)).hasSize(1 + 2 * 24);
        assertThat(html)
                .contains("cut off by a token limit", "tokens unknown in, unknown out")
                .contains("4.2 %</b> <small>[0.7, 20.2] 1 of 24</small>");
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void isTheSameInEveryLocale(ReportFormat format) {
        String here = format.render(REPORT);
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale.Builder().setLanguage("tr").setRegion("TR").build());
        try {
            assertThat(format.render(REPORT)).isEqualTo(here);
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
