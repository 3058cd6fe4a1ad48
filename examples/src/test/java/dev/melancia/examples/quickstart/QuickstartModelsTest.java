package dev.melancia.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.RecordedRun;
import dev.melancia.experiment.RunStatus;
import dev.melancia.testkit.LoopbackServer;
import dev.melancia.testkit.RecordedRequest;
import dev.melancia.testkit.Reply;
import dev.melancia.testkit.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quickstart on a machine with models: one that answers by Ollama's protocol, and a paid one that is down. */
class QuickstartModelsTest {

    private static final String KEY = "sk-canary-31f8a6d0c7e94b52";
    private static final WireFormat OLLAMA = WireFormat.ollama();

    @TempDir
    Path folder;

    @Test
    void triesTheModelsThatAreThereAndSurvivesOneThatIsDown() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LoopbackServer ollama = LoopbackServer.replying(QuickstartModelsTest::reply)) {
            Map<String, String> environment = new HashMap<>();
            environment.put("OLLAMA_HOST", ollama.address().toString());
            environment.put("OPENAI_API_KEY", KEY);
            environment.put("OPENAI_BASE_URL", LoopbackServer.refusingAddress() + "/v1");
            environment.put("QUICKSTART_QUESTIONS", "2");

            new Quickstart(folder, new PrintStream(out, true, StandardCharsets.UTF_8), environment).run();
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("on the first 2 questions", "ollama/tiny:latest", "openai/gpt-4o-mini", "5. Look at it");
        assertThat(folder.resolve("real-models.html")).exists();
        assertThat(Files.readAllLines(folder.resolve("real-model-calls.jsonl")))
                .anyMatch(line -> line.contains("\"answered_by\":\"ollama/tiny:latest\""))
                .anyMatch(line -> line.contains("\"outcome\":\"unreachable\""));
        assertThat(runs())
                .hasSize(5)
                .allMatch(run -> run.status() == RunStatus.FINISHED)
                .extracting(RecordedRun::name)
                .contains("benchmark ollama/tiny:latest", "benchmark openai/gpt-4o-mini");
        assertThat(out.toString(StandardCharsets.UTF_8) + written()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "-1", "1.5"})
    void saysWhatANumberOfQuestionsMustBe(String questions) {
        try (LoopbackServer ollama = LoopbackServer.replying(QuickstartModelsTest::reply)) {
            Map<String, String> environment =
                    Map.of("OLLAMA_HOST", ollama.address().toString(), "QUICKSTART_QUESTIONS", questions);

            assertThatThrownBy(() -> RealModels.find(environment))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("QUICKSTART_QUESTIONS must be a whole number of at least 1, was \"" + questions + "\"");
        }
    }

    private static Reply reply(RecordedRequest request) {
        return request.path().equals("/api/tags")
                ? Reply.of(200, "application/json", "{\"models\":[{\"name\":\"tiny:latest\"}]}")
                : OLLAMA.answer("Não sei.", new TokenUsage(20, 4));
    }

    private List<RecordedRun> runs() {
        try (ExperimentTracker tracker = ExperimentTracker.fromEnvironment(folder.resolve("runs"), Map.of())) {
            return tracker.runs();
        }
    }

    private String written() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
