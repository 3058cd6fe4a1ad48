package dev.melancia.cli;

import dev.melancia.analysis.ReportLanguage;
import dev.melancia.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command is told. */
final class SuiteOptions {

    @Parameters(index = "0", paramLabel = "SUITE", description = "The suite, a JSON file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where the run is kept; default runs/<name of the suite's file>.")
    private @Nullable Path folder;

    @Option(names = "--language", paramLabel = "pt|en", description = "Language of the reports; default the suite's.")
    private @Nullable String language;

    Suite suite() throws IOException {
        return Suite.read(file);
    }

    Path folder() {
        if (folder != null) {
            return folder;
        }
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return Path.of("runs", dot > 0 ? name.substring(0, dot) : name);
    }

    ReportLanguage language(Suite suite) {
        if (language == null) {
            return suite.language();
        }
        return switch (language.toLowerCase(Locale.ROOT)) {
            case "pt" -> ReportLanguage.PORTUGUESE;
            case "en" -> ReportLanguage.ENGLISH;
            default -> throw new IllegalArgumentException("--language must be pt or en, was " + language);
        };
    }
}
