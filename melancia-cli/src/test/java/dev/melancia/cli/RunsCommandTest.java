package dev.melancia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.Run;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String first = "";
    private String second = "";

    @BeforeEach
    void record() {
        try (ExperimentTracker tracker = tracker("routing")) {
            try (Run run = tracker.startRun("small \u001b[31m model")) {
                first = run.id();
                run.param("model", "phi3");
                run.metric("accuracy", 0.5);
                run.artifact("report.md", "#");
            }
            try (Run run = tracker.startRun("big")) {
                second = run.id();
                run.param("model", "llama");
                run.metric("accuracy", 0.75);
                run.metric("oddity", 3);
            }
        }
        try (ExperimentTracker tracker = tracker("other")) {
            tracker.startRun("big").close();
        }
    }

    private ExperimentTracker tracker(String experiment) {
        return ExperimentTracker.builder(folder).experiment(experiment).build();
    }

    @Test
    void listsTheLatestFirstAndNoNameSteersTheTerminal() {
        assertThat(runs("list")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines().toList()).hasSize(4);
        assertThat(out.toString().lines().toList().get(1)).contains("FINISHED", "other", "big");
        assertThat(out.toString()).contains(first.substring(0, 8)).doesNotContain("\u001b");
        out.getBuffer().setLength(0);
        runs("list", "--experiment", "other", "--limit", "5");
        assertThat(out.toString().lines().toList()).hasSize(2);
    }

    @Test
    void showsARunByTheBeginningOfItsId() {
        assertThat(runs("show", first.substring(0, 6))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains(first, "phi3", "accuracy", "0.5", "report.md", "mlflow.source.type");
    }

    @Test
    void searchesInOrder() {
        assertThat(runs("search", "metrics.accuracy > 0", "--order-by", "metrics.accuracy DESC"))
                .isEqualTo(ExitCode.OK);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).startsWith(second.substring(0, 8));
    }

    @Test
    void comparesAndWritesThePage() {
        Path html = folder.resolve("page.html");
        Path csv = folder.resolve("runs.csv");
        assertThat(runs(
                        "compare",
                        first,
                        second,
                        "--lower",
                        "oddity",
                        "--html",
                        html.toString(),
                        "--csv",
                        csv.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("model", "phi3", "llama", "accuracy ↑", "oddity ↓", "0.75 ★");
        assertThat(html).content().contains("<!DOCTYPE html>");
        assertThat(csv).content().contains("accuracy,0.75");
    }

    @Test
    void aServerThatIsNotThereLeavesThePushUnfinished() {
        assertThat(runs("push", "--uri", "http://127.0.0.1:1", "--wait", "0")).isEqualTo(ExitCode.UNFINISHED);
        assertThat(out.toString()).contains("http://127.0.0.1:1: 0 delivered, 0 refused");
        assertThat(err.toString()).contains("the same command goes on");
    }

    @Test
    void pushTakesTheWholeFolderAndRefusesToBeToldOneExperiment() {
        assertThat(runs("push", "--uri", "http://127.0.0.1:1", "--wait", "0", "--experiment", "routing"))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("--experiment");
    }

    @Test
    void pointsAreTestedWhereTheyAreToldToBeSamples() {
        try (ExperimentTracker tracker = tracker("points")) {
            for (String name : List.of("one", "two")) {
                try (Run run = tracker.startRun(name)) {
                    for (int i = 0; i < 30; i++) {
                        run.metric("accuracy", (i % 7 + name.length()) / 10.0, i);
                    }
                }
            }
        }
        assertThat(runs("compare", "one", "two")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).doesNotContain("n=30");
        assertThat(runs("compare", "one", "two", "--samples", "accuracy")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("n=30");
        assertThat(runs("compare", "one", "two", "--samples", "acuracy")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("--samples must name a metric of the runs, was \"acuracy\"");
    }

    @Test
    void badInputIsToldAndEndsWithTwo() {
        assertThat(runs("search", "metrics.a = 'x'")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(runs("search", "params.a = 'x")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(runs("show", "big")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(runs("show", "nobody")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(runs("compare", first)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(runs("compare", first, first)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(runs("list", "--experiment", "none")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(runs("list", "--limit", "0")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(runs("push", "--uri", "sqlite:///x")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("runs")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("runs", "list", "--folder", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString())
                .contains("melancia: filter, column 13: expected a number without quotes")
                .contains("\n              ^")
                .contains("is never closed")
                .contains("2 runs are meant by \"big\"")
                .contains("no run \"nobody\"")
                .contains("no experiment \"none\"")
                .contains("no such file: " + folder.resolve("none"))
                .contains("a command is missing after runs")
                .doesNotContain("\tat ");
    }

    private int runs(String command, String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "runs";
        all[1] = command;
        all[2] = "--folder";
        all[3] = folder.toString();
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return execute(all);
    }

    private int execute(String... arguments) {
        return Melancia.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
