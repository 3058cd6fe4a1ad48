package dev.melancia.mlflow;

import static java.util.Objects.requireNonNull;

import dev.melancia.mlflow.artifact.ArtifactRepository;
import dev.melancia.mlflow.artifact.Artifacts;
import dev.melancia.mlflow.prompt.Prompts;
import dev.melancia.mlflow.registry.RegisteredModels;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.tracking.ActiveRun;
import dev.melancia.mlflow.tracking.Experiments;
import dev.melancia.mlflow.tracking.NewRun;
import dev.melancia.mlflow.tracking.Runs;
import dev.melancia.mlflow.tracking.SourceFacts;
import dev.melancia.mlflow.trace.Traces;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection to an MLflow server with everything it offers, each call answered by the server before it returns. For
 * recording that never waits and survives a server that is down, see {@code dev.melancia.experiment.ExperimentTracker}.
 *
 * <p>Every method may throw {@link dev.melancia.mlflow.rest.MlflowException} when the server is not there, fails or
 * refuses. Thread-safe; one for an application is enough. Owns daemon threads until it is closed.
 *
 * @since 0.1.0
 */
public final class MlflowClient implements AutoCloseable {

    private final MlflowApi api;
    private final Experiments experiments;
    private final Runs runs;
    private final SourceFacts source;

    private MlflowClient(Builder builder) {
        this.api = MlflowApi.connect(builder.settings);
        this.experiments = Experiments.on(api);
        this.runs = Runs.on(api, builder.clock, builder.repositories);
        this.source = builder.source;
    }

    /** Speaks to this server; makes no connection yet. */
    public static MlflowClient connect(MlflowSettings settings) {
        return builder(settings).build();
    }

    /**
     * Speaks to the server of MLflow's own variables, {@code MLFLOW_TRACKING_URI} and those beside it; see
     * {@link MlflowSettings#fromEnvironment}.
     *
     * @throws IllegalStateException when there is no such variable
     * @throws IllegalArgumentException when one has a form that cannot be used
     */
    public static MlflowClient fromEnvironment() {
        return connect(MlflowSettings.fromEnvironment(System.getenv())
                .orElseThrow(() -> new IllegalStateException("MLFLOW_TRACKING_URI must be set, is not; set it to the"
                        + " server's address such as http://127.0.0.1:5000, or use MlflowClient.connect")));
    }

    /** A client with stores of artifacts, a source or a clock of one's own. */
    public static Builder builder(MlflowSettings settings) {
        return new Builder(settings);
    }

    /** Experiments: find, create, search, change. */
    public Experiments experiments() {
        return experiments;
    }

    /** Runs: create, record, read, search, change. */
    public Runs runs() {
        return runs;
    }

    /** The files of a run. */
    public Artifacts artifacts(String runId) {
        return runs.artifacts(runId);
    }

    /**
     * Starts a run with the tags that say where it comes from; close it, best in try-with-resources.
     *
     * @param experiment its name; created when it is not there
     * @param name what people see; need not be unique
     */
    public ActiveRun startRun(String experiment, String name) {
        return runs.start(NewRun.builder(experiments.idOf(experiment))
                .name(name)
                .source(source)
                .build());
    }

    /** Opens a run that has ended, or whose process is gone, for more. */
    public ActiveRun resumeRun(String runId) {
        return runs.resume(runId);
    }

    /** Registered models and their versions. */
    public RegisteredModels models() {
        return RegisteredModels.on(api);
    }

    /** Prompts and their versions. */
    public Prompts prompts() {
        return Prompts.on(api);
    }

    /** Traces and what was said of them. */
    public Traces traces() {
        return Traces.on(api);
    }

    /** Any other request. */
    public MlflowApi api() {
        return api;
    }

    /** Ends the threads; requests under way are completed. */
    @Override
    public void close() {
        api.close();
    }

    @Override
    public String toString() {
        return "MlflowClient[" + api.settings().uri() + "]";
    }

    /**
     * Collects what a client is made of. Confined to one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final MlflowSettings settings;
        private final Map<String, ArtifactRepository> repositories = new HashMap<>();
        private SourceFacts source = SourceFacts.detect();
        private InstantSource clock = InstantSource.system();

        private Builder(MlflowSettings settings) {
            this.settings = requireNonNull(settings, "settings");
        }

        /**
         * A store of artifacts that the server does not hand on.
         *
         * @param scheme of its URIs, such as {@code s3}
         */
        public Builder artifacts(String scheme, ArtifactRepository repository) {
            repositories.put(scheme, requireNonNull(repository, "repository"));
            return this;
        }

        /** Where runs come from; those of this process unless set. */
        public Builder source(SourceFacts facts) {
            source = facts;
            return this;
        }

        /** For starts, ends and points without a time; the system's unless set. */
        public Builder clock(InstantSource instants) {
            clock = instants;
            return this;
        }

        /** The client; makes no connection yet. */
        public MlflowClient build() {
            return new MlflowClient(this);
        }
    }
}
