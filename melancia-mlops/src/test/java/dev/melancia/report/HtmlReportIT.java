package dev.melancia.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real headless Chromium. */
class HtmlReportIT {

    private static final long MEGABYTE = 1_000_000;
    private static final double FIRST_SORT_MILLIS = 2_000;
    private static final String LIST_COLUMN =
            "[...document.querySelectorAll('#list tbody tr')].map(row => row.cells[%d].textContent)";

    @TempDir
    private static Path profile;

    private static Optional<Chromium> browser = Optional.empty();

    @TempDir
    Path folder;

    private Optional<Tab> tab = Optional.empty();

    @BeforeAll
    static void startBrowser() throws IOException {
        Optional<Path> binary = Chromium.find();
        if (binary.isPresent()) {
            browser = Optional.of(Chromium.start(binary.get(), profile));
        }
    }

    @AfterAll
    static void stopBrowser() {
        browser.ifPresent(Chromium::close);
    }

    @BeforeEach
    void openTab() throws IOException, InterruptedException {
        if (browser.isEmpty()) {
            abort("MELANCIA_TEST_CHROMIUM names no Chromium");
        }
        tab = Optional.of(browser.orElseThrow().tab());
    }

    @AfterEach
    void closeTab() {
        tab.ifPresent(Tab::close);
    }

    private Tab tab() {
        return tab.orElseThrow();
    }

    private Path page(BenchmarkReport report, ReportLanguage language) throws IOException {
        Path file = folder.resolve("report.html");
        ReportFormat.HTML.write(report, file, language);
        return file;
    }

    private Path retail() throws IOException {
        return page(RetailReport.create(), ReportLanguage.ENGLISH);
    }

    @ParameterizedTest
    @EnumSource(ReportLanguage.class)
    void opensWithoutAComplaintAndAsksTheNetworkForNothing(ReportLanguage language) throws IOException {
        Path file = page(RetailReport.create(), language);
        tab().open(file, "");

        assertThat(tab().complaints()).isEmpty();
        assertThat(tab().requests()).containsExactly(file.toUri().toString());
        assertThat(tab().evaluate("document.querySelectorAll('#list tbody tr').length")
                        .asInt())
                .isEqualTo(50);
    }

    @Test
    void noticesWhatThePolicyForbids() throws IOException {
        Path file = retail();
        Files.writeString(file, Files.readString(file).replace("</main>", "<script>window.ran = 1</script></main>"));
        tab().open(file, "");

        assertThat(tab().complaints()).anyMatch(text -> text.contains("Content Security Policy"));
        assertThat(tab().evaluate("typeof window.ran").asText()).isEqualTo("undefined");
    }

    @Test
    void aClickSortsTheQuestionsAndASecondTurnsThemRound() throws IOException {
        tab().open(retail(), "");
        String click = "document.querySelectorAll('#list thead button')[2].click();"
                + "document.querySelectorAll('#list thead th')[2].getAttribute('aria-sort')";
        String first = LIST_COLUMN.formatted(2) + "[0]";

        assertThat(tab().evaluate(click).asText()).isEqualTo("ascending");
        assertThat(tab().evaluate(first).asText()).isEqualTo("0.00");
        assertThat(tab().evaluate(click).asText()).isEqualTo("descending");
        assertThat(tab().evaluate(first).asText()).isEqualTo("1.00");
    }

    @Test
    void theKeyboardSortsATableAndUnknownStaysLast() throws IOException {
        tab().open(retail(), "");
        String table = "document.querySelector('#operation table')";
        tab().evaluate("cost = [..." + table + ".tHead.rows[0].cells].findIndex(cell => cell.textContent === 'cost');"
                + table + ".tHead.rows[0].cells[cost].querySelector('button').focus()");
        String names = "[..." + table + ".tBodies[0].rows].map(row => row.cells[0].textContent).join()";

        tab().press("Enter");
        assertThat(tab().evaluate(names).asText())
                .isEqualTo("B ollama/phi3:mini,A openai/gpt-4o-mini,C hugging-face/llama-3.1-8b");
        tab().press("Enter");
        assertThat(tab().evaluate(names).asText())
                .isEqualTo("A openai/gpt-4o-mini,B ollama/phi3:mini,C hugging-face/llama-3.1-8b");
    }

    @Test
    void filtersByFailureByTagAndByWordsWithoutAccents() throws IOException {
        tab().open(retail(), "");
        String choose =
                "{ const s = document.getElementById('%s'); s.value = '%s'; s.dispatchEvent(new Event('change')); }"
                        + "document.getElementById('found').textContent";

        assertThat(tab().evaluate(choose.formatted("show", "failed")).asText()).startsWith("7 of 64");
        assertThat(tab().evaluate(choose.formatted("show", "refuse")).asText()).startsWith("8 of 64");
        tab().evaluate(choose.formatted("show", ""));
        assertThat(tab().evaluate(choose.formatted("tag", "0")).asText()).startsWith("12 of 64");
        tab().evaluate(choose.formatted("tag", ""));
        String search = "new Promise(done => { const s = document.getElementById('search'); s.value = 'LANCE MINIMO';"
                + "s.dispatchEvent(new Event('input'));"
                + "new MutationObserver(() => done(document.getElementById('found').textContent))"
                + ".observe(document.getElementById('found'), { childList: true }); })";
        assertThat(tab().evaluate(search).asText()).startsWith("4 of 64");
    }

    @Test
    void largestDisagreementComesFirstWhenAskedFor() throws IOException {
        tab().open(retail(), "");
        tab().evaluate("document.getElementById('disagreement').click()");

        assertThat(tab().evaluate(LIST_COLUMN.formatted(5) + "[0]").asText()).isEqualTo("1.00");
        assertThat(tab().evaluate("document.getElementById('sort').value").asText())
                .isEqualTo("spread-");
    }

    @Test
    void anAddressLeadsToAQuestionAndArrowsToItsNeighbours() throws IOException {
        tab().open(retail(), "#q=rm-11");

        assertThat(tab().evaluate("document.querySelectorAll('#detail .answer').length")
                        .asInt())
                .isEqualTo(3);
        assertThat(tab().evaluate("document.querySelector('#detail .error').textContent")
                        .asText())
                .contains("no answer within 60 s");
        tab().press("ArrowRight");
        assertThat(tab().evaluate("location.hash").asText()).isEqualTo("#q=rm-12");
        tab().press("ArrowLeft");
        tab().press("ArrowLeft");
        assertThat(tab().evaluate("document.getElementById('where').textContent")
                        .asText())
                .isEqualTo("10 of 64 · rm-10");
        tab().press("Escape");
        assertThat(tab().evaluate("document.getElementById('detail').open").asBoolean())
                .isFalse();
        assertThat(tab().complaints()).isEmpty();
    }

    @Test
    void aRowOpensItsQuestionWithDifferencesMarked() throws IOException {
        tab().open(retail(), "");
        tab().evaluate("document.querySelector('#list tbody tr').click()");

        assertThat(tab().evaluate("document.querySelector('#detail h2').textContent")
                        .asText())
                .isEqualTo("O que é uma clean room?");
        assertThat(tab().evaluate("document.querySelectorAll('#detail mark.only').length")
                        .asInt())
                .isPositive();
        tab().evaluate("document.querySelectorAll('#detail .legend button')[1].click()");
        assertThat(tab().evaluate("document.querySelectorAll('#detail mark.shared').length")
                        .asInt())
                .isPositive();
    }

    @Test
    void statedTrafficIsProjectedAsTheReportDoes() throws IOException {
        BenchmarkReport report = RetailReport.create();
        tab().open(page(report, ReportLanguage.ENGLISH), "");
        String state = "Object.entries({ calls: 50000, share: 20, server: 30 }).forEach(([id, value]) => {"
                + "document.getElementById(id).value = value; });"
                + "document.getElementById('calculator').dispatchEvent(new Event('input'));"
                + "document.getElementById('monthly').textContent";
        String expected = report.subject("openai/gpt-4o-mini")
                .projectedCost(50_000, .2, new BigDecimal(30))
                .orElseThrow()
                .expected()
                .usdPerMonth()
                .setScale(2, RoundingMode.HALF_EVEN)
                .toPlainString();

        assertThat(tab().evaluate(state).asText()).startsWith(expected + " USD [");
    }

    @Test
    void hostileTextsAreShownAndDoNotRun() throws IOException {
        tab().open(page(SampleReport.create(), ReportLanguage.ENGLISH), "#q=q0");

        assertThat(tab().evaluate("document.querySelector('#detail h2').textContent")
                        .asText())
                .isEqualTo(SampleReport.HOSTILE);
        assertThat(tab().evaluate("document.scripts.length").asInt()).isEqualTo(2);
        assertThat(tab().complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#q=rm-14"})
    void aPhoneNeverScrollsSideways(String hash) throws IOException {
        tab().size(360, 740, true);
        tab().open(page(RetailReport.create(), ReportLanguage.PORTUGUESE), hash);

        assertThat(tab().evaluate("document.documentElement.scrollWidth").asInt())
                .isEqualTo(360);
        assertThat(tab().evaluate("document.getElementById('detail').scrollWidth")
                        .asInt())
                .isLessThanOrEqualTo(360);
    }

    @Test
    void printsTheSummaryWithoutTheListOfQuestions() throws IOException {
        tab().open(retail(), "");

        assertThat(new String(tab().pdf(), 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
        tab().media("print", "light");
        String shown =
                "['questions', 'conclusions'].map(id => getComputedStyle(document.getElementById(id)).display).join()";
        assertThat(tab().evaluate(shown).asText()).isEqualTo("none,block");
        assertThat(tab().evaluate("document.querySelectorAll('details[open]').length")
                        .asInt())
                .isZero();
    }

    /** Contrast after WCAG 2.2 of text on its ground: 4.5 at least. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyColourOfTextCanBeRead(String scheme) throws IOException {
        tab().media("screen", scheme);
        tab().open(retail(), "");
        String worst = "{ const style = getComputedStyle(document.documentElement);"
                + "const light = name => { const hex = style.getPropertyValue(name).trim();"
                + "const part = i => { const c = parseInt(hex.slice(i, i + 2), 16) / 255;"
                + "return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };"
                + "return .2126 * part(1) + .7152 * part(3) + .0722 * part(5); };"
                + "const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };"
                + "Math.min(...['--ink', '--soft', '--bad', '--good', '--rind'].flatMap(text => ['--card', '--paper'].map(ground => contrast(text, ground))),"
                + "...['--k0', '--k1', '--k2', '--k3', '--k4', '--k5'].map(colour => contrast('--on-k', colour)),"
                + "contrast('--ink', '--only'), contrast('--ink', '--shared'), contrast('--soft', '--tint')) }";

        assertThat(tab().evaluate(worst).asDouble()).isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void tenThousandRowsAreSortedWithinTwoSecondsInAFileNotMuchLargerThanTheirAnswers() throws IOException {
        BenchmarkReport report = BigReport.create();
        Path file = page(report, ReportLanguage.PORTUGUESE);
        long answers = BigReport.answerBytes(report);
        tab().open(file, "");
        double ready = tab().evaluate("performance.now()").asDouble();
        double sort = tab().evaluate("{ const begin = performance.now();"
                        + "document.querySelectorAll('#list thead button')[2].click();"
                        + "document.body.offsetHeight; performance.now() - begin }")
                .asDouble();
        double byText = tab().evaluate("{ const begin = performance.now();"
                        + "document.querySelectorAll('#list thead button')[1].click();"
                        + "document.body.offsetHeight; performance.now() - begin }")
                .asDouble();

        System.out.printf(
                Locale.ROOT,
                "10,000 rows: questions there after %.0f ms, first sort %.0f ms, sort by text %.0f ms; file %d bytes, answers %d%n",
                ready,
                sort,
                byText,
                Files.size(file),
                answers);
        assertThat(ready + sort).isLessThan(FIRST_SORT_MILLIS);
        assertThat(byText).isLessThan(FIRST_SORT_MILLIS);
        assertThat(Files.size(file)).isLessThan(answers + MEGABYTE);
        assertThat(tab().complaints()).isEmpty();
    }
}
