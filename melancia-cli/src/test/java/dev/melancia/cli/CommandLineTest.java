package dev.melancia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {

    private static final String SUITE = """
            {"v":1, "name":"words", "dataset":"q.jsonl", "warmUp":0, "scorers":["exact match"],
             "subjects":[{"model":"parrot/MODEL", "name":"it", "price":{"input":"1","output":"1"}}],
             "gate":{"failureRateAtMost":0.5, "noNewFailure":true}}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String suite = "";
    private String runs = "";

    @BeforeEach
    void files() throws IOException {
        StringBuilder questions = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            questions.append(
                    "{\"id\":\"q" + i + "\",\"question\":\"Repita word" + i + "\",\"reference\":\"word" + i + "\"}\n");
        }
        Files.writeString(folder.resolve("q.jsonl"), questions);
        suite = suite("suite.json", "word");
        runs = folder.resolve("run").toString();
    }

    @Test
    void runsOnceAndThenOnlyReports() {
        int before = ParrotProvider.CALLS.get();

        assertThat(execute("run", suite, "--folder", runs)).isEqualTo(ExitCode.OK);
        assertThat(execute("run", suite, "--folder", runs)).isEqualTo(ExitCode.OK);
        assertThat(execute("report", suite, "--folder", runs, "--language", "pt"))
                .isEqualTo(ExitCode.OK);

        assertThat(ParrotProvider.CALLS.get() - before).isEqualTo(12);
        assertThat(out.toString())
                .contains("exact match")
                .contains("ok   it: failure rate at most 0.5")
                .contains("12 perguntas");
        assertThat(err.toString()).contains("12/12, 0 failed").doesNotContain("Repita");
        for (String extension : new String[] {"html", "md", "csv", "summary.csv", "json", "txt"}) {
            assertThat(folder.resolve("run").resolve("report." + extension)).isNotEmptyFile();
        }
    }

    @Test
    void aRuleThatIsBrokenEndsTheProgramWithOne() throws IOException {
        String other = folder.resolve("other").toString();
        String broken = suite("broken.json", "broken");
        execute("run", suite, "--folder", runs);

        assertThat(execute("run", broken, "--folder", other)).isEqualTo(ExitCode.RULE_BROKEN);
        assertThat(execute("compare", suite, "--folder", other, "--earlier", runs))
                .isEqualTo(ExitCode.RULE_BROKEN);
        assertThat(execute("compare", suite, "--folder", runs, "--earlier", other))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("it: no new failure");
    }

    @Test
    void aBudgetStopsAndTheSameCommandGoesOn() {
        assertThat(execute("run", suite, "--folder", runs, "--budget", "1")).isEqualTo(ExitCode.UNFINISHED);
        assertThat(err.toString()).contains("stopped before the end (BUDGET): 7 not asked");

        assertThat(execute("run", suite, "--folder", runs, "--budget", "9")).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("12/12, 0 failed");
    }

    @Test
    void badInputIsToldInOneLineAndEndsWithTwo() throws IOException {
        String unknown = suite("unknown.json", "word\",\"modell\":\"x");

        assertThat(execute("run", folder.resolve("none.json").toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("run", unknown)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("run")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("report", suite, "--folder", folder.resolve("empty").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("run", suite, "--folder", runs, "--language", "fr")).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString())
                .contains("melancia: no such file: " + folder.resolve("none.json"))
                .contains("melancia: unknown.json, subjects[0].modell: unknown field")
                .contains("Missing required parameter: 'SUITE'")
                .contains("a command is missing: run, report, compare or runs")
                .contains("melancia: --language must be pt or en, was fr")
                .doesNotContain("\tat ");
    }

    private String suite(String name, String model) throws IOException {
        return Files.writeString(folder.resolve(name), SUITE.replace("MODEL", model))
                .toString();
    }

    private int execute(String... arguments) {
        CommandLine program =
                Melancia.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return program.execute(arguments);
    }
}
