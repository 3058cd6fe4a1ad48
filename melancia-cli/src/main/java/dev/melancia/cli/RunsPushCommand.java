package dev.melancia.cli;

import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.PushResult;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a folder to a server. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = {
            "Brings all runs of the folder to an MLflow server. May be repeated: nothing is sent twice.",
            "Credentials are read from MLflow's variables, such as MLFLOW_TRACKING_TOKEN."
        })
final class RunsPushCommand implements Callable<Integer> {

    private static final String URI = "MLFLOW_TRACKING_URI";

    @Mixin
    private final RunsFolder folder = new RunsFolder();

    @Option(names = "--uri", paramLabel = "URI", description = "The server; default what " + URI + " says.")
    private @Nullable String uri;

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "60", description = "How long; default 60.")
    private long seconds;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (seconds < 0) {
            throw new IllegalArgumentException("--wait must be at least 0 seconds, was " + seconds);
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (uri != null) {
            environment.put(URI, uri);
        }
        MlflowSettings settings = MlflowSettings.fromEnvironment(environment)
                .orElseThrow(() -> new IllegalArgumentException("no server: give --uri or set " + URI));
        try (ExperimentTracker tracker =
                ExperimentTracker.builder(folder.existing()).build()) {
            return told(tracker.push(settings, Duration.ofSeconds(seconds)), settings);
        }
    }

    private int told(PushResult result, MlflowSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(settings.uri() + ": " + result.delivered() + " delivered, " + result.setAside() + " refused");
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        if (!result.complete()) {
            err.println("melancia: not everything arrived within " + seconds + " s"
                    + result.problem().map(problem -> ": " + problem).orElse("")
                    + "; the same command goes on");
            return ExitCode.UNFINISHED;
        }
        return result.setAside() > 0 ? ExitCode.RULE_BROKEN : ExitCode.OK;
    }
}
