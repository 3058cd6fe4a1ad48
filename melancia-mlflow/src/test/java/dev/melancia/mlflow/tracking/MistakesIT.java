package dev.melancia.mlflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.event.RunOutcome;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people get wrong, and whether they are told what to do. */
class MistakesIT {

    private static final String NOBODY = "0".repeat(32);

    private final String name = RealServer.name();
    private RealServer server;
    private MlflowApi api;
    private Experiments experiments;
    private Runs runs;

    @BeforeEach
    void connect() {
        server = RealServer.find();
        api = MlflowApi.connect(MlflowSettings.builder(server.uri()).build());
        experiments = Experiments.on(api);
        runs = Runs.on(api);
    }

    @AfterEach
    void close() {
        if (api != null) {
            api.close();
        }
    }

    @Test
    void aParameterThatChangesIsToldWithBothValues() {
        try (ActiveRun run = start()) {
            run.param("same", 1);
            run.param("same", 1);
            run.param("lr", 0.1);
            assertThatThrownBy(() -> run.params(Map.of("same", 1, "lr", 0.2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("parameter \"lr\" of run \"r\" must not change, was \"0.1\", now \"0.2\"")
                    .hasMessageContaining("use another key")
                    .hasCauseInstanceOf(MlflowException.class);
            assertThatThrownBy(() -> RunBatch.builder().param("a", 1).param("a", 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("was \"1\", now \"2\"");
        }
    }

    @Test
    void keysAndValuesThatMlflowWouldRefuseOrCutAreNotSent() throws Exception {
        try (ActiveRun run = start()) {
            assertInvalid(() -> run.metric("recall@10", 1), "'@'");
            assertInvalid(() -> run.param("k".repeat(251), 1), "at most 250 characters, had 251");
            assertInvalid(() -> run.param("p", "v".repeat(6001)), "at most 6000 characters, had 6001");
            assertInvalid(() -> run.tag("t", "v".repeat(8001)), "at most 8000 characters, had 8001");
            assertInvalid(() -> run.metrics(Map.of("ok", 1.0, "a//b", 2.0)), "path segment");
            assertThat(server.run(run.id()).path("data").path("metrics")).isEmpty();
            run.metric("recall at 10", 1);
        }
    }

    @Test
    void anEndedRunTakesNothingMore() {
        ActiveRun run = start();
        run.end(RunOutcome.FINISHED);
        assertThatThrownBy(() -> run.metric("m", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is FINISHED; metrics \"[m]\" was not recorded");
        assertThatThrownBy(() -> run.end(RunOutcome.FAILED)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run.artifact("a.txt", "x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run.startNested("n")).isInstanceOf(IllegalStateException.class);
        run.close();
    }

    @Test
    void aDeletedRunSaysSo() {
        ActiveRun run = start();
        runs.delete(run.id());
        assertRefused(() -> run.metric("m", 1), "run \"r\" (" + run.id() + ") must not be deleted", "restore it first");
        assertRefused(run::close, "restore it first");
        assertRefused(() -> runs.resume(run.id()), "restore it first");
        runs.restore(run.id());
        run.metric("m", 1);
        run.close();
    }

    @Test
    void aKeyOfADeletedRunDoesNotMakeASecondOne() {
        String id;
        try (ActiveRun first = start()) {
            id = first.experimentId();
        }
        NewRun keyed = NewRun.builder(id)
                .name("k")
                .key(UUID.randomUUID().toString().replace("-", ""))
                .build();
        ServerRun made = runs.create(keyed);
        runs.delete(made.id());
        assertRefused(() -> runs.create(keyed), "(" + made.id() + ")", "is deleted; restore it");
        runs.restore(made.id());
        assertThat(runs.create(keyed).id()).isEqualTo(made.id());
    }

    @Test
    void aMessageWithHalfACharacterIsStoredMended() {
        ActiveRun run = start();
        run.failWithMessage(new IllegalStateException("a\ud83db\0"));
        ServerRun read = runs.read(run.id());
        assertThat(read.status()).isEqualTo(ServerRun.Status.FAILED);
        assertThat(read.tags()).containsEntry("melancia.error.message", "a\uFFFDb\uFFFD");
    }

    @Test
    void aDeletedExperimentSaysSo() {
        ActiveRun run = start();
        experiments.delete(run.experimentId());
        assertRefused(() -> run.metric("m", 1), "with its experiment \"" + name + '"', "restore the experiment");
        assertRefused(this::start, "experiment \"" + name + '"', "restore it");
        assertRefused(
                () -> runs.create(NewRun.builder(run.experimentId()).build()), "experiment \"" + name, "restore it");
        assertRefused(() -> experiments.rename(run.experimentId(), name + "2"), "restore it");
        assertRefused(() -> experiments.tag(run.experimentId(), "k", "v"), "restore it");
        assertRefused(() -> experiments.create(name), "is taken by a deleted one; restore that");
    }

    @Test
    void whatIsNotThereSaysSo() {
        assertThat(runs.find(NOBODY)).isEmpty();
        String missing = "run " + NOBODY + " must be on the server";
        assertRefused(() -> runs.read(NOBODY), missing);
        assertRefused(() -> runs.metric(NOBODY, "m", point()), missing);
        assertRefused(() -> runs.history(NOBODY, "m"), missing);
        assertRefused(() -> runs.end(NOBODY, RunOutcome.FINISHED), missing);
        assertRefused(() -> runs.delete(NOBODY), missing);
        assertRefused(() -> runs.artifacts(NOBODY), missing);
        assertRefused(() -> runs.resume(NOBODY), missing);
        assertInvalid(() -> runs.read("my run"), "run id must be 32 hexadecimal digits, was \"my run\"");
        assertRefused(
                () -> runs.create(NewRun.builder("99999999").build()), "experiment 99999999 must be on the server");
        assertRefused(() -> experiments.read("99999999"), "experiment 99999999 must be on the server");
        assertRefused(() -> experiments.delete("99999999"), "experiment 99999999 must be on the server");
        assertInvalid(() -> experiments.idOf(" "), "must not be blank");
    }

    @Test
    void aTakenNameAndABadFilterAreTold() {
        String other = name + " other";
        String id = experiments.idOf(name);
        experiments.create(other);
        assertRefused(() -> experiments.create(name), "\"" + name + "\" is taken; use idOf");
        assertRefused(() -> experiments.rename(id, other), "\"" + other + "\" is taken");
        assertRefused(
                () -> runs.search(RunSearch.builder(id).filter("bogus ~ 1").build()),
                "was \"bogus ~ 1\"; the server says: Invalid attribute key 'bogus'");
    }

    private ActiveRun start() {
        return runs.start(NewRun.builder(experiments.idOf(name)).name("r").build());
    }

    private static dev.melancia.mlflow.event.MetricPoint point() {
        return new dev.melancia.mlflow.event.MetricPoint(1, 0, java.time.Instant.EPOCH);
    }

    private static void assertInvalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    private static void assertRefused(ThrowingCallable call, String... messages) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MlflowException.class,
                        failure -> assertThat(failure.kind())
                                .isIn(MlflowException.Kind.REJECTED, MlflowException.Kind.CONFLICT))
                .hasMessageContainingAll(messages);
    }
}
