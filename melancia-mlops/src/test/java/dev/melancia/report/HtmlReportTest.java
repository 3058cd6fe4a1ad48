package dev.melancia.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.Subject;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.InflaterInputStream;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

class HtmlReportTest {

    private static final Pattern SCRIPT = Pattern.compile("(?s)<script([^>]*)>(.*?)</script>");
    private static final BenchmarkReport REPORT = SampleReport.create();

    @Test
    void noTextOfTheRunBecomesMarkup() {
        String html = ReportFormat.HTML.render(REPORT);

        assertThat(html.split("(?i)<script", -1)).hasSize(3);
        assertThat(html.split("(?i)</script", -1)).hasSize(3);
        assertThat(html).doesNotContain("<!--", "<b>server").doesNotContainPattern("\\{\\{(?!questions)");
        assertThat(html)
                .contains("<title>perguntas &lt;retail&gt; | media")
                .contains("&lt;b&gt;server&lt;/b&gt; closed the connection");
        assertThat(data(html).path("texts"))
                .anySatisfy(text -> assertThat(text.asText()).isEqualTo(SampleReport.HOSTILE));
    }

    @Test
    void onlyItsOwnScriptMayRunAndNothingComesFromTheNetwork() {
        String html = ReportFormat.HTML.render(REPORT);

        assertThat(html)
                .contains("default-src 'none'; style-src 'sha256-", "script-src 'sha256-", "prefers-color-scheme: dark")
                .doesNotContain(
                        "unsafe-inline", "http:", "https:", "@import", "url(", "<link", "<img", " src=", " onclick")
                .doesNotContain(" style=");
    }

    @ParameterizedTest
    @EnumSource(ReportLanguage.class)
    void bodyIsWellFormed(ReportLanguage language) throws ParserConfigurationException, SAXException, IOException {
        String html = SCRIPT.matcher(ReportFormat.HTML.render(REPORT, language)).replaceAll("");
        String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));

        SAXParserFactory.newInstance()
                .newSAXParser()
                .parse(new InputSource(new StringReader(body)), new DefaultHandler());
    }

    @Test
    void conclusionsChartsAndTablesNeedNoScript() {
        String html =
                SCRIPT.matcher(ReportFormat.HTML.render(RetailReport.create())).replaceAll("");

        assertThat(html)
                .contains("openai/gpt-4o-mini is better than ollama/phi3:mini by")
                .contains("Not in the chart: hugging-face/llama-3.1-8b.", "10.9 %</b>", "7 of 64")
                .contains("href=\"#q=rm-11\"", "p (Holm)", "no difference seen", "10,000 calls a day");
        assertThat(html.split("<svg", -1).length - 1).isGreaterThan(20);
    }

    @Test
    void portuguesePageHasNoEnglishLabelLeft() {
        String html = SCRIPT.matcher(ReportFormat.HTML.render(RetailReport.create(), ReportLanguage.PORTUGUESE))
                .replaceAll("");
        String ours = html.substring(html.indexOf("<body>"), html.indexOf("id=\"method\""));

        assertThat(html).contains("<html lang=\"pt-BR\">");
        assertThat(ours)
                .contains("10,9 %</b>", "10.000 chamadas por dia", "é melhor que")
                .doesNotContain(" better", "difference", "unknown", ">n too small", "questions<", "failures<");
    }

    @Test
    void everyQuestionIsThereWithAllAnswersAndEachTextOnce() {
        JsonNode data = data(ReportFormat.HTML.render(REPORT));

        assertThat(data.path("questions").path("id")).hasSize(24);
        assertThat(data.path("answers")).hasSize(2);
        JsonNode phi = data.path("answers").path(1);
        assertThat(phi.path("text")).hasSize(24);
        assertThat(phi.path("text").path(3).asInt()).isEqualTo(-1);
        assertThat(text(data, phi.path("error").path(3)))
                .isEqualTo("IllegalStateException: <b>server</b> closed the connection");
        assertThat(phi.path("finish").path(4).asText()).isEqualTo("CUT_OFF");
        List<String> texts = IntStream.range(0, data.path("texts").size())
                .mapToObj(i -> data.path("texts").path(i).asText())
                .toList();
        assertThat(texts).doesNotHaveDuplicates();
        assertThat(phi.path("values").path(0).path(0).isNumber()).isTrue();
        assertThat(phi.path("values").path(0).path(3).isNull()).isTrue();
    }

    private static String text(JsonNode data, JsonNode index) {
        return data.path("texts").path(index.asInt()).asText();
    }

    @Test
    void longDataIsPackedAndComesBack() throws IOException {
        Random random = new Random(5);
        List<Question> questions = IntStream.range(0, 1_500)
                .mapToObj(i -> Question.of("q" + i, "Pergunta " + i + "?", "resposta"))
                .toList();
        BenchmarkReport report = BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("d", questions))
                .subject(Subject.of("s", question -> Answer.of("é " + random.nextLong() + " palavra".repeat(40))))
                .warmUp(0)
                .build()
                .run());
        String html = ReportFormat.HTML.render(report);

        assertThat(html).contains("data-encoding=\"deflate\"").doesNotContain("palavra");
        byte[] packed = Base64.getDecoder().decode(script(html, 0));
        String json = new String(
                new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(new JsonMapper().readTree(json).path("questions").path("id")).hasSize(1_500);
    }

    @Test
    void reportOfOneSubjectHasNoComparison() {
        BenchmarkReport report = BenchmarkReport.of(Benchmark.builder()
                .dataset(Dataset.of("d", List.of(Question.of("q", "Qual?", "x"))))
                .subject(Subject.of("s", question -> Answer.of("x")))
                .build()
                .run());

        assertThat(ReportFormat.HTML.render(report)).doesNotContain("id=\"comparisons\"", "id=\"failures\"");
    }

    private static JsonNode data(String html) {
        try {
            return new JsonMapper().readTree(script(html, 0));
        } catch (IOException e) {
            throw new AssertionError("data is no JSON", e);
        }
    }

    private static String script(String html, int index) {
        Matcher matcher = SCRIPT.matcher(html);
        for (int i = 0; i <= index; i++) {
            assertThat(matcher.find()).isTrue();
        }
        return matcher.group(2);
    }
}
