package dev.melancia.cli;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.regression.Findings;
import dev.melancia.report.ReportFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report in every form beside the run, and on the terminal. */
final class Reports {

    private Reports() {}

    static void write(BenchmarkReport report, Path folder, ReportLanguage language, PrintWriter terminal)
            throws IOException {
        terminal.println(ReportFormat.TEXT.render(report, language));
        terminal.flush();
        Files.createDirectories(folder);
        for (ReportFormat format : ReportFormat.values()) {
            format.write(report, folder.resolve("report." + format.extension()), language);
        }
        terminal.println(folder.resolve("report.html").toAbsolutePath());
        terminal.flush();
    }

    /** What a gate found, and the code it ends the program with. */
    static int told(Findings findings, PrintWriter terminal) {
        terminal.println(findings);
        terminal.flush();
        return findings.exitCode();
    }
}
