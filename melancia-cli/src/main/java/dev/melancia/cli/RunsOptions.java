package dev.melancia.cli;

import dev.melancia.experiment.RecordedRun;
import dev.melancia.experiment.RecordedRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which runs are meant. */
final class RunsOptions {

    private static final int LEAST_PREFIX = 4;

    @Mixin
    private final RunsFolder folder = new RunsFolder();

    @Option(names = "--experiment", paramLabel = "NAME", description = "Runs of this experiment only; default all.")
    private @Nullable String experiment;

    RecordedRuns runs() throws IOException {
        Path place = folder.existing();
        RecordedRuns all = RecordedRuns.of(place);
        if (experiment == null) {
            return all;
        }
        if (!all.experiments().contains(experiment)) {
            throw new IllegalArgumentException(
                    "no experiment \"" + experiment + "\" in " + place + "; there are " + all.experiments());
        }
        return all.ofExperiment(experiment);
    }

    /** The run with this id, with an id that begins so, or with this name where no other has it. */
    static RecordedRun one(RecordedRuns runs, String wanted) {
        List<RecordedRun> all = runs.all();
        List<RecordedRun> found = all.stream()
                .filter(run -> run.name().equals(wanted)
                        || (wanted.length() >= LEAST_PREFIX && run.id().startsWith(wanted)))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new IllegalArgumentException(
                found.isEmpty()
                        ? "no run \"" + wanted + "\": give an id, the first " + LEAST_PREFIX
                                + " or more characters of one, or a name; see runs list"
                        : found.size() + " runs are meant by \"" + wanted + "\": "
                                + found.stream().map(RecordedRun::id).toList());
    }
}
