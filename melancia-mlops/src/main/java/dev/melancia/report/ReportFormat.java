package dev.melancia.report;

import static java.util.Objects.requireNonNull;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * The forms that a benchmark's report can take; UTF-8 when written to a file. What people read comes in English unless a
 * {@link ReportLanguage} is given; names and texts of the run stay as they are. Thread-safe.
 *
 * @since 0.1.0
 */
public enum ReportFormat {
    /** For a terminal: the conclusions in sentences, then aligned tables of at most 116 columns. */
    TEXT("txt", TextReport::render),
    /** For a pull request: the conclusions and the tables in GitHub's Markdown, the long ones folded. */
    MARKDOWN("md", MarkdownReport::render),
    /**
     * One row an answer, after RFC 4180; the same in every language. What a spreadsheet would take for a formula is preceded
     * by an apostrophe: at the beginning of a cell and, for those that separate by semicolon or tab, after a semicolon, tab or
     * line break in it.
     */
    CSV("csv", (report, language) -> CsvReport.render(report)),
    /** One row a subject and metric: n, mean, interval, median, 95th percentile; written as {@link #CSV} is. */
    SUMMARY_CSV("summary.csv", (report, language) -> SummaryCsv.render(report)),
    /** Everything, for programs, the same in every language; what is unknown is absent. */
    JSON("json", (report, language) -> JsonReport.render(report)),
    /**
     * One page for people, without the network: conclusions, charts and tables as plain HTML, and every question with all
     * answers side by side by a script of its own, the only one that its content security policy lets run.
     */
    HTML("html", HtmlReport::render);

    private final String extension;

    @SuppressWarnings("ImmutableEnumChecker") // static methods: they hold no state
    private final BiFunction<BenchmarkReport, ReportLanguage, String> renderer;

    ReportFormat(String extension, BiFunction<BenchmarkReport, ReportLanguage, String> renderer) {
        this.extension = extension;
        this.renderer = renderer;
    }

    /** Usual end of a file's name, such as {@code html}. */
    public String extension() {
        return extension;
    }

    /** The report as a text, in English. */
    public String render(BenchmarkReport report) {
        return render(report, ReportLanguage.ENGLISH);
    }

    /** The report as a text. */
    public String render(BenchmarkReport report, ReportLanguage language) {
        return renderer.apply(requireNonNull(report, "report"), requireNonNull(language, "language"));
    }

    /**
     * Writes the report to a file, in English, replacing it.
     *
     * @throws IOException when the file cannot be written
     */
    public void write(BenchmarkReport report, Path file) throws IOException {
        write(report, file, ReportLanguage.ENGLISH);
    }

    /**
     * Writes the report to a file, replacing it.
     *
     * @throws IOException when the file cannot be written
     */
    public void write(BenchmarkReport report, Path file, ReportLanguage language) throws IOException {
        // Half of a surrogate pair, which a cut-off answer may hold, becomes a question mark instead of an error.
        Files.write(file, render(report, language).getBytes(StandardCharsets.UTF_8));
    }
}
