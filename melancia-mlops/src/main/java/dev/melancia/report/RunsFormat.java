package dev.melancia.report;

import static java.util.Objects.requireNonNull;

import dev.melancia.comparison.RunsReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The forms that a comparison of runs can take, in English; UTF-8 when written to a file. Thread-safe.
 *
 * @since 0.1.0
 */
public enum RunsFormat {
    /** For a terminal: what can be said in sentences, then aligned tables of at most 116 columns. */
    TEXT("txt", RunsText::render),
    /**
     * One row a run and metric, after RFC 4180: value, n, interval, whether it is the best. A cell without a value is
     * empty; what a spreadsheet would take for a formula is preceded by an apostrophe.
     */
    CSV("csv", RunsCsv::render),
    /** One page for people, without network and script, light or dark as the reader's system is. */
    HTML("html", RunsPage::render);

    private final String extension;

    @SuppressWarnings("ImmutableEnumChecker") // static methods: they hold no state
    private final Function<RunsReport, String> renderer;

    RunsFormat(String extension, Function<RunsReport, String> renderer) {
        this.extension = extension;
        this.renderer = renderer;
    }

    /** Usual end of a file's name, such as {@code html}. */
    public String extension() {
        return extension;
    }

    /** The comparison as a text. */
    public String render(RunsReport report) {
        return renderer.apply(requireNonNull(report, "report"));
    }

    /**
     * Writes the comparison to a file, replacing it.
     *
     * @throws IOException when the file cannot be written
     */
    public void write(RunsReport report, Path file) throws IOException {
        Files.write(file, render(report).getBytes(StandardCharsets.UTF_8));
    }
}
