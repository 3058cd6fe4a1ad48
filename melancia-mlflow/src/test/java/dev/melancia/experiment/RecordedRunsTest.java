package dev.melancia.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedRunsTest {

    @TempDir
    Path temp;

    private final AtomicLong seconds = new AtomicLong(1_000);
    private ExperimentTracker tracker;

    @BeforeEach
    void seed() {
        tracker = ExperimentTracker.builder(temp)
                .experiment("e")
                .clock(() -> Instant.ofEpochSecond(seconds.get()))
                .withoutOrigin()
                .build();
        run("a", 0.5, "phi3");
        run("b", 0.9, "Phi3");
        run("c", Double.NaN, "llama");
        run("d", 0.9, "l_m%");
        seconds.addAndGet(10);
        tracker.startRun("e").fail(new IllegalStateException());
    }

    private void run(String name, double accuracy, String model) {
        seconds.addAndGet(10);
        try (Run run = tracker.startRun(name)) {
            run.metric("accuracy", 0.0);
            run.metric("accuracy", accuracy);
            run.metric("f1/mean", accuracy);
            run.param("model", model);
            run.tag("a tag", name + name);
        }
    }

    @AfterEach
    void close() {
        tracker.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "## | edcba",
                "metrics.accuracy > 0.5 | db",
                "metrics.accuracy >= 5e-1 | dba",
                "metrics.accuracy = .9 | db",
                "metrics.accuracy != 0.9 | ca",
                "metrics.accuracy < 1 | dba",
                "metrics.accuracy > -1 AND params.model = 'phi3' | a",
                "metrics.`f1/mean` <= 0.5 | a",
                "metric.\"f1/mean\" <= 0.5 | a",
                "params.model LIKE 'phi%' | a",
                "params.model ilike 'PHI_' | ba",
                "params.model LIKE 'l_m%' | d",
                "params.model LIKE '%a%a' | c",
                "params.model LIKE '%' | dcba",
                "params.model != 'phi3' | dcb",
                "params.model = \"phi3\" | a",
                "params.model IS NULL | e",
                "tags.`a tag` IS NOT NULL | dcba",
                "tags.`a tag` = 'bb' | b",
                "tags.mlflow.runName = 'c' | c",
                "attributes.status = 'FAILED' | e",
                "status != 'FAILED' | dcba",
                "run.run_name ILIKE 'A' | a",
                "attribute.start_time > 1010000 and attributes.start_time < 1040000 | cb",
                "attributes.end_time > 0 and metrics.accuracy > 0 and tags.`a tag` LIKE 'd%' | d",
                "metrics.unknown != 3 | ##",
                "attributes.run_id IN ('x', 'y') | ##",
                "attributes.run_id NOT IN ('x') | edcba"
            })
    void findsWhatMlflowFinds(String filter, String names) {
        assertThat(names(filter)).isEqualTo(names == null ? "" : names);
    }

    private String names(String filter, String... order) {
        return String.join(
                "",
                tracker.search(filter, List.of(order), 100).stream()
                        .map(RecordedRun::name)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "metrics.acc ~ 3 | 13 | '~' cannot stand here",
                "metrics.acc > '3' | 15 | expected a number without quotes",
                "metrics.acc LIKE '3' | 13 | expected one of = != < <= > >= after a metric",
                "metrics.acc | 12 | found the end",
                "params.model > 'x' | 14 | expected one of = != LIKE ILIKE",
                "params.model = 3 | 16 | expected a text in quotes",
                "params.model = 'x | 16 | the ' here is never closed",
                "params.`model = 'x' | 8 | the ` here is never closed",
                "attributes.stauts = 'x' | 1 | unknown field \"attributes.stauts\"; expected metrics.<key>",
                "metrcs.acc > 1 | 1 | unknown field \"metrcs.acc\"",
                "params.f1/mean = 'x' | 10 | in back quotes",
                "params.a = 'x' or params.b = 'y' | 16 | there is no \"or\"",
                "params.a = 'x' params.b = 'y' | 16 | expected \"and\" or the end, found \"params.b\"",
                "params.a = 'x' and | 19 | expected a field",
                "3 < metrics.a | 1 | expected a field",
                "params.a = 'it''s' | 16 | expected \"and\" or the end, found the text 's'",
                "params.a IN ('x') | 10 | for attributes.run_id only",
                "attributes.run_id IN 'x' | 22 | a list such as",
                "attributes.run_id IN ('x' | 26 | expected \",\" or \")\"",
                "attributes.run_id NOT 'x' | 23 | IN after NOT",
                "metrics.a IS NULL | 11 | for parameters and tags only",
                "params.a IS 'x' | 13 | expected NULL or NOT NULL",
                "metrics. > 3 | 1 | unknown field"
            })
    void tellsThePlaceAndWhatCouldStandThere(String filter, int column, String what) {
        assertThatThrownBy(() -> RunFilter.parse(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("filter, column " + column + ": ")
                .hasMessageContaining(what)
                .hasMessageEndingWith("\n  " + filter + "\n  " + " ".repeat(column - 1) + "^");
    }

    @Test
    void aLongFilterIsShownAroundThePlace() {
        String filter = "params.a = 'x' and ".repeat(50) + "nonsense = 1";
        assertThatThrownBy(() -> RunFilter.parse(filter))
                .hasMessageContaining("column 951")
                .extracting(Throwable::getMessage, org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .endsWith(" ".repeat(50) + "^");
    }

    @Test
    void ordersAsMlflowDoes() {
        assertThat(names("", "metrics.accuracy DESC")).isEqualTo("dbace");
        assertThat(names("", "metrics.accuracy")).isEqualTo("adbce");
        assertThat(names("", "metrics.accuracy desc", "attributes.start_time ASC"))
                .isEqualTo("bdace");
        assertThat(names("", "params.model ASC")).isEqualTo("bdcae");
        assertThat(names("", "attributes.run_name ASC")).isEqualTo("abcde");
        assertThat(tracker.search("", List.of(), 2))
                .extracting(RecordedRun::name)
                .containsExactly("e", "d");
        assertThatThrownBy(() -> tracker.search("", List.of("metrics.a DOWN"), 1))
                .hasMessageContaining("order, column 11: expected ASC or DESC");
        assertThatThrownBy(() -> tracker.search("", List.of("metrics.a ASC, b"), 1))
                .hasMessageContaining("expected the end");
        assertThatThrownBy(() -> tracker.search("", List.of(), 0)).hasMessageContaining("at least 1, was 0");
    }

    @Test
    void theBestRunIsTheEarliestOfTheBestAndNeverNan() {
        assertThat(tracker.bestRun("accuracy", true).orElseThrow().name()).isEqualTo("b");
        assertThat(tracker.bestRun("accuracy", false).orElseThrow().name()).isEqualTo("a");
        assertThat(tracker.bestRun("unknown", false)).isEmpty();
        try (Run run = tracker.startRun("only nan")) {
            run.metric("n", Double.NaN);
            assertThat(tracker.bestRun("n", true)).isEmpty();
            run.metric("z", -0.0);
            assertThat(tracker.bestRun("z", true)).isPresent();
        }
    }

    @Test
    void aKeyWithLettersThatJsonEscapesHasAHistory() {
        try (Run run = tracker.startRun("deseret")) {
            run.metric("\uD801\uDC00", 1.5);
            assertThat(tracker.history(run.id(), "\uD801\uDC00")).hasSize(1);
        }
    }

    @Test
    void readsAFolderWithoutATracker() {
        RecordedRuns runs = RecordedRuns.of(temp);
        assertThat(runs.experiments()).containsExactly("e");
        assertThat(runs.all()).hasSize(5);
        assertThat(runs.ofExperiment("other").all()).isEmpty();
        assertThat(RecordedRuns.of(temp.resolve("none")).all()).isEmpty();
        String id = runs.all().get(0).id();
        assertThat(runs.histories(List.of(id)).get(id).get("accuracy"))
                .isEqualTo(runs.history(id, "accuracy"))
                .hasSize(2);
    }

    @Test
    void anEvilPatternIsQuick() {
        assertThat(LikePattern.matches("%a".repeat(40) + "b", "a".repeat(4000))).isFalse();
        assertThat(LikePattern.matches("_", "😀")).isTrue();
        assertThat(LikePattern.matches("", "")).isTrue();
        assertThat(LikePattern.matches("", "x")).isFalse();
    }
}
