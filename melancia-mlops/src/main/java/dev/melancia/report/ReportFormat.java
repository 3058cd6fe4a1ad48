package dev.melancia.report;

import dev.melancia.analysis.BenchmarkReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The forms that a benchmark's report can take; UTF-8 when written to a file. Thread-safe.
 *
 * @since 0.1.0
 */
public enum ReportFormat {
    /** Two aligned tables for a terminal: quality, and operation. */
    TEXT("txt", TextReport::render),
    /** The same tables in Markdown, with what each scorer cannot see. */
    MARKDOWN("md", MarkdownReport::render),
    /**
     * One row an answer, after RFC 4180. What a spreadsheet would take for a formula is preceded by an apostrophe: at the
     * beginning of a cell and, for those that separate by semicolon or tab, after a semicolon, tab or line break in it.
     */
    CSV("csv", CsvReport::render),
    /** Everything, for programs; what is unknown is absent. */
    JSON("json", JsonReport::render),
    /** One page without scripts and without the network: charts, tables, and every answer side by side. */
    HTML("html", HtmlReport::render);

    private final String extension;

    @SuppressWarnings("ImmutableEnumChecker") // static methods: they hold no state
    private final Function<BenchmarkReport, String> renderer;

    ReportFormat(String extension, Function<BenchmarkReport, String> renderer) {
        this.extension = extension;
        this.renderer = renderer;
    }

    /** Usual end of a file's name, such as {@code html}. */
    public String extension() {
        return extension;
    }

    /** The report as a text. */
    public String render(BenchmarkReport report) {
        return renderer.apply(report);
    }

    /**
     * Writes the report to a file, replacing it.
     *
     * @throws IOException when the file cannot be written
     */
    public void write(BenchmarkReport report, Path file) throws IOException {
        // Half of a surrogate pair, which a cut-off answer may hold, becomes a question mark instead of an error.
        Files.write(file, render(report).getBytes(StandardCharsets.UTF_8));
    }
}
