package dev.melancia.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Outcome;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.regression.RegressionReport;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteTest {

    private static final String SUBJECTS = "\"subjects\":[{\"model\":\"echo/a\"}]";
    private static final String MINIMAL = "{\"v\":1,\"name\":\"s\",\"dataset\":\"questions.jsonl\"," + SUBJECTS + "}";

    @TempDir
    Path folder;

    private final EchoProvider echo = new EchoProvider();

    @BeforeEach
    void questions() throws IOException {
        Files.writeString(folder.resolve("questions.jsonl"), """
                {"id":"q1","question":"Qual é o prazo?","reference":"30 dias","context":"São 30 dias."}
                {"id":"q2","question":"Diga {{context}}"}
                """);
    }

    @Test
    void runsWhatTheFileDescribes() throws IOException {
        Suite suite = suite("""
                {"v":1, "name":"prazos", "dataset":"questions.jsonl", "language":"pt",
                 "repeats":2, "warmUp":0, "seed":7, "maxConcurrency":4, "budgetUsd":1.50,
                 "scorers":["token f1", {"scorer":"source hit", "first":3}],
                 "subjects":[
                   {"model":"echo/a", "name":"A", "prompt":"<{{context}}> {{question}}", "system":"Seja breve.",
                    "price":{"input":"1","output":"2"}, "stream":false, "machine":"gpu", "concurrency":2},
                   {"model":"echo/b", "apiKeyVariable":"ECHO_KEY", "temperature":0, "maxOutputTokens":50,
                    "timeoutSeconds":9, "baseUrl":"http://127.0.0.1:9/v1"}]}
                """);

        BenchmarkResult result = suite.benchmark(ChatModelProviders.of(echo), Map.of("ECHO_KEY", "k")::get)
                .build()
                .run();

        assertThat(suite.language()).isEqualTo(ReportLanguage.PORTUGUESE);
        assertThat(result.repeats()).isEqualTo(2);
        assertThat(result.seed()).isEqualTo(7);
        assertThat(result.scorers()).extracting(Scorer::name).containsExactly("token F1", "source hit@3");
        assertThat(result.subjects()).extracting(subject -> subject.name()).containsExactly("A", "echo/b");
        assertThat(result.subjects().get(0).placement()).hasToString("gpu, 2 at once");
        assertThat(result.subjects().get(1).placement()).hasToString("remote, 8 at once");
        assertThat(result.subjects().get(0).outcomes())
                .extracting(SuiteTest::text)
                .containsExactly(
                        "<São 30 dias.> Qual é o prazo?",
                        "<São 30 dias.> Qual é o prazo?",
                        "<> Diga {{context}}",
                        "<> Diga {{context}}");
        assertThat(echo.settings("b").timeout()).hasSeconds(9);
        assertThat(echo.settings("b").maxOutputTokens()).hasValue(50);
        assertThat(echo.settings("b").apiKey()).isPresent();
        assertThat(echo.settings("b").baseUrl())
                .hasValueSatisfying(url -> assertThat(url).hasPort(9));
    }

    private static String text(Outcome outcome) {
        return outcome.reply().map(Answer::text).orElse("failed");
    }

    @Test
    void ollamaModelsOfOneServerShareItsMachineHoweverItIsWritten() throws IOException {
        Suite suite = suite(MINIMAL.replace("{\"model\":\"echo/a\"}", """
                {"model":"ollama/a"}, {"model":"ollama/b","baseUrl":"http://localhost:11434"},
                {"model":"ollama/c","baseUrl":"http://10.0.0.7:11434"}"""));
        EchoProvider ollama = new EchoProvider("ollama");

        BenchmarkResult result = suite.benchmark(ChatModelProviders.of(ollama), name -> null)
                .warmUp(0)
                .build()
                .run();

        assertThat(result.subjects())
                .extracting(subject -> subject.placement().toString())
                .containsExactly(
                        "127.0.0.1:11434, 1 at once", "127.0.0.1:11434, 1 at once", "10.0.0.7:11434, 1 at once");
    }

    @Test
    void aChangedPromptIsAnotherRun() throws IOException {
        Suite before = suite(MINIMAL);
        before.benchmark(ChatModelProviders.of(echo))
                .warmUp(0)
                .folder(folder.resolve("run"))
                .build()
                .run();
        Suite after =
                suite(MINIMAL.replace("{\"model\":\"echo/a\"}", "{\"model\":\"echo/a\",\"prompt\":\"{{question}}!\"}"));

        assertThatThrownBy(() -> after.benchmark(ChatModelProviders.of(echo))
                        .warmUp(0)
                        .folder(folder.resolve("run"))
                        .build()
                        .run())
                .hasMessageContaining("settings of subject \"echo/a\" changed; give it another name");
    }

    @Test
    void theStandardScorersTakePartUnlessItNamesSome() throws IOException {
        assertThat(suite(MINIMAL).scorers())
                .extracting(Scorer::name)
                .isEqualTo(Scorer.standard().stream().map(Scorer::name).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[] ~ suite.json: must be an object",
                "{\"v\":1 ~ suite.json: not valid JSON (line 1, column",
                "{\"v\":2,\"name\":\"s\",\"dataset\":\"d\",\"subjects\":[]} ~ suite.json, v: must be 1, was 2",
                "{\"v\":1,\"dataset\":\"d\",\"subjects\":[]} ~ suite.json, name: must be a text, was missing",
                "{\"v\":1,\"name\":\"s\",\"subjects\":[]} ~ suite.json, dataset: must be the path of a file",
                "{\"v\":1,\"name\":\"s\",\"dataset\":\"d\",\"subjects\":[]} ~ suite.json, subjects: must hold at least one",
                "{\"v\":1,\"name\":\"s\",\"dataset\":\"d\",\"subjects\":[{\"modell\":\"a/b\"}]} ~ suite.json, subjects[0].modell: unknown field; known are apiKeyVariable,",
                "{\"v\":1,\"name\":\"s\",\"dataset\":\"d\",\"subjects\":[{\"name\":\"x\"}]} ~ suite.json, subjects[0].model: must be a provider and a model",
                "{\"v\":1,\"name\":\"s\",\"dataset\":\"d\",\"subjects\":[{\"model\":\"a/b\"},{\"model\":\"a/b\"}]} ~ subjects[1]: is a second \"a/b\"; give one of them a name",
                "{\"v\":1,\"name\":\"s\",\"dataset\":\"d\",\"repeats\":\"two\"} ~ suite.json, repeats: must be a number",
                "{\"v\":1,\"name\":7,\"dataset\":\"d\"} ~ suite.json, name: must be a text",
                "{\"v\":1,\"v\":1} ~ suite.json: not valid JSON",
            })
    void namesThePlaceTheRuleAndTheRemedy(String text, String message) {
        assertThatThrownBy(() -> suite(text)).isInstanceOf(SuiteException.class).hasMessageContaining(message);
    }

    @Test
    void namesEveryScorerThatNeedsNothingButTheFile() throws IOException {
        Suite suite = suite(MINIMAL.replace(SUBJECTS, SUBJECTS + """
                ,"scorers":["Quality", "similarity", "refused", {"scorer":"language","code":"pt"},
                  {"scorer":"length","max":50}, {"scorer":"matches","pattern":"\\\\d+ dias"}, "json",
                  {"scorer":"json schema","schema":{"type":"object","required":["prazo"]}}]"""));

        assertThat(suite.scorers()).hasSize(8).doesNotHaveDuplicates();
        Scorer pattern = suite.scorers().get(5);
        assertThat(pattern.score(suite.dataset().questions().get(0), Answer.of("São 30 dias."))
                        .value())
                .hasValue(1);
    }

    @Test
    void aGateHasTheRulesThatApply() throws IOException {
        String gate = ",\"gate\":{\"failureRateAtMost\":0.1,\"noWorse\":{\"quality\":0.02},\"noNewFailure\":true}";
        BenchmarkReport report = BenchmarkReport.of(suite(MINIMAL)
                .benchmark(ChatModelProviders.of(echo))
                .warmUp(0)
                .build()
                .run());
        Suite suite = suite(MINIMAL.replace(SUBJECTS, SUBJECTS + gate));

        assertThat(suite.gate().orElseThrow().check(report).all()).hasSize(1);
        assertThat(suite.gateAgainstEarlierRun()
                        .orElseThrow()
                        .check(RegressionReport.of(report, report))
                        .all())
                .hasSize(3);
        assertThat(suite(MINIMAL).gate()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"failureRateAtMost\":2} ~ suite.json, gate: failure rate must be in [0, 1], was 2.0",
                "{\"noWorse\":{\"quality\":-1}} ~ suite.json, gate: ",
                "{\"atLeast\":{\"quality\":null}} ~ suite.json, gate: the limit of \"quality\" must be a number, was null",
                "{\"latencyP95SecondsAtMost\":0} ~ suite.json, gate: a time must be above 0 seconds, was 0.0",
                "{\"failureRateAtMost\":0,\"whenInconclusive\":\"maybe\"} ~ suite.json, gate: whenInconclusive must be pass, fail or",
            })
    void namesWhatIsWrongWithAGate(String gate, String message) {
        assertThatThrownBy(() -> suite(MINIMAL.replace(SUBJECTS, SUBJECTS + ",\"gate\":" + gate)))
                .isInstanceOf(SuiteException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\"token F2\" ~ scorers[0]: no scorer \"token F2\"; there are ",
                "{\"scorer\":\"source hit\",\"frist\":3} ~ scorers[0]: takes no frist",
                "{\"scorer\":\"source hit\",\"first\":0} ~ scorers[0]: ",
                "{\"scorer\":\"source hit\",\"first\":\"3\"} ~ scorers[0]: first must be a whole number, was \"3\"",
                "7 ~ scorers[0]: must be a scorer's name, or an object with the field scorer, was 7",
            })
    void namesWhatIsWrongWithAScorer(String scorer, String message) {
        String text = MINIMAL.replace(SUBJECTS, SUBJECTS + ",\"scorers\":[" + scorer + "]");

        assertThatThrownBy(() -> suite(text)).isInstanceOf(SuiteException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"nobody/a\"} ~ nobody",
                "{\"model\":\"echo\"} ~ echo",
                "{\"model\":\"echo/a\",\"apiKeyVariable\":\"NOT_SET\"} ~ names the environment variable NOT_SET",
                "{\"model\":\"echo/a\",\"concurrency\":0} ~ concurrency must be in [1, 1024], was 0",
                "{\"model\":\"echo/a\",\"temperature\":3} ~ temperature must be in [0, 2], was 3.0",
            })
    void namesWhatIsWrongWithASubject(String subject, String message) throws IOException {
        Suite suite = suite(MINIMAL.replace("{\"model\":\"echo/a\"}", subject));

        assertThatThrownBy(() -> suite.benchmark(ChatModelProviders.of(echo), name -> null))
                .isInstanceOf(SuiteException.class)
                .hasMessageStartingWith("suite.json, subjects[0]: ")
                .hasMessageContaining(message);
    }

    @Test
    void aDatasetThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> suite(MINIMAL.replace("questions.jsonl", "none.jsonl")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.jsonl");
    }

    @Test
    void showsNoQuestion() throws IOException {
        assertThat(suite(MINIMAL)).hasToString("Suite[suite.json, Dataset[questions.jsonl, 2 questions]]");
    }

    private Suite suite(String text) throws IOException {
        return Suite.read(Files.writeString(folder.resolve("suite.json"), text));
    }
}
