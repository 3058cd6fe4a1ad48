package dev.melancia.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.analysis.SubjectReport;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.BenchmarkResult;
import dev.melancia.benchmark.Dataset;
import dev.melancia.benchmark.ModelSubject;
import dev.melancia.benchmark.Outcome;
import dev.melancia.benchmark.Placement;
import dev.melancia.benchmark.RagSubject;
import dev.melancia.benchmark.RouterSubject;
import dev.melancia.benchmark.Subject;
import dev.melancia.benchmark.SubjectResult;
import dev.melancia.cost.TokenPrice;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.testkit.RealServers;
import dev.melancia.tracking.BenchmarkTracking;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks of the scripted models of {@code dev/servers}, whose answers never change, on real servers. */
class BenchmarkOnRealModelsIT {

    private static final String HELLO = "Hello! I am a tiny deterministic test model.";
    private static final String HOWDY = "Howdy!";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A cold model of some megabytes takes a third of a second, a loaded one a few milliseconds. */
    private static final int LEAST_RATIO = 4;

    private final ChatModelProviders providers = ChatModelProviders.discover();

    @TempDir
    Path folder;

    @Test
    void localModelsRunOneAfterAnotherSoThatEachIsLoadedOnce() throws Exception {
        try (NarrowOllama server = NarrowOllama.start(folder)) {
            assertThat(server.loaded()).isEmpty();

            BenchmarkResult result =
                    run(greetings(12), 1, ollama(server.address(), "tiny"), ollama(server.address(), "other"));

            SubjectResult tiny = result.subjects().get(0);
            SubjectResult other = result.subjects().get(1);
            assertThat(server.loaded()).as("the server keeps one model").hasSize(1);
            assertThat(answers(tiny))
                    .extracting(Answer::text)
                    .containsOnly(HELLO)
                    .hasSize(12);
            assertThat(answers(other))
                    .extracting(Answer::text)
                    .allMatch(text -> text.startsWith(HOWDY))
                    .hasSize(12);
            assertLoadedInTheWarmUpOnly(tiny);
            assertLoadedInTheWarmUpOnly(other);
            assertThat(tiny.outcomes().stream()
                            .map(outcome -> outcome.call().startedAt())
                            .toList())
                    .as("one after another")
                    .allMatch(start -> other.outcomes().stream()
                            .allMatch(its -> start.isBefore(its.call().startedAt())));
        }
    }

    @Test
    void withoutAWarmUpTheLoadingIsReportedApartAndIsNoLatency() throws Exception {
        try (NarrowOllama server = NarrowOllama.start(folder)) {
            BenchmarkResult result = run(greetings(8), 0, ollama(server.address(), "tiny"));

            List<Outcome> outcomes = result.subjects().get(0).outcomes();
            Outcome cold = outcomes.stream()
                    .max((one, two) -> Long.compare(load(one), load(two)))
                    .orElseThrow();
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome != cold)
                    .allMatch(warm -> load(warm) * LEAST_RATIO < load(cold));
            assertThat(cold.latencyNanos()).isLessThan(load(cold));
            assertThat(firstToken(cold)).isBetween(0L, cold.latencyNanos());
            assertThat(BenchmarkReport.of(result)
                            .subjects()
                            .get(0)
                            .metric("load time")
                            .mean())
                    .isPresent();
        }
    }

    @Test
    void aLlamaServerIsASubjectWithCountedTokensAndNoGuessOfItsLoading() throws Exception {
        BenchmarkResult result = run(greetings(6), 1, llama(RealServers.require(RealServers.LLAMA_URL)));

        assertThat(answers(result.subjects().get(0))).hasSize(6).allSatisfy(answer -> {
            assertThat(answer.text()).isEqualTo(HELLO);
            assertThat(answer.finish()).isEqualTo(Answer.Finish.COMPLETE);
            assertThat(answer.tokens().areComplete()).isTrue();
            assertThat(answer.tokens().cachedInput())
                    .as("it counts what it had cached")
                    .isPresent();
            assertThat(answer.cost().usd()).isPresent();
            assertThat(answer.firstTokenNanos()).isPresent();
            assertThat(answer.loadNanos()).isEmpty();
        });
    }

    /** The scripted model says {@code 42} where the word json is before it, in a passage or in what was said. */
    @Test
    void aRagPipelineAnswersAConversationWithItsSources() throws Exception {
        URI server = RealServers.require(RealServers.OLLAMA_URL);
        ContentRetriever retriever = query -> List.of(
                passage(
                        query.text().contains("number") ? "The number is in json." : "Nothing of interest.",
                        "facts.md"),
                passage("Another passage.", "more.md"));
        Dataset dataset = Dataset.of(
                "conversations",
                List.of(
                        Question.of("alone", "And again?", HELLO),
                        Question.builder("turn 1", "Which number is it?")
                                .conversation("c")
                                .build(),
                        Question.builder("said", "Say it in json.")
                                .conversation("d")
                                .build(),
                        Question.builder("turn 2", "And again?")
                                .conversation("d")
                                .build()));
        ModelSubject model = ollama(server, "tiny");

        BenchmarkResult result = run(
                dataset,
                1,
                RagSubject.builder("rag", model).retriever(retriever).build());

        List<Answer> answers = answers(result.subjects().get(0));
        assertThat(answers)
                .extracting(Answer::text)
                .satisfiesExactly(
                        alone -> assertThat(alone).as("nothing was said before").isEqualTo(HELLO),
                        found -> assertThat(found)
                                .as("the passage reached the model")
                                .contains("42"),
                        said -> assertThat(said).contains("42"),
                        again -> assertThat(again)
                                .as("the turn before reached the model")
                                .contains("42"));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.sources()).hasValue(List.of("facts.md", "more.md"));
            assertThat(answer.passages().orElseThrow()).hasSize(2);
            assertThat(answer.loadNanos()).isPresent();
        });
    }

    @Test
    void aRouterOverRealModelsSaysWhoAnsweredAndKeepsTheServersTimes() throws Exception {
        ModelId tiny = ModelId.of("ollama/tiny");
        ModelSettings settings = settings(RealServers.require(RealServers.OLLAMA_URL), "tiny");
        try (ModelRouter router = ModelRouter.builder()
                .model(Candidate.builder(tiny).price(TokenPrice.free()).build(), settings, providers)
                .build()) {
            BenchmarkResult result = run(
                    greetings(4),
                    1,
                    RouterSubject.builder("router", router).streaming().build());

            assertThat(answers(result.subjects().get(0))).hasSize(4).allSatisfy(answer -> {
                assertThat(answer.text()).isEqualTo(HELLO);
                assertThat(answer.model()).hasValue("ollama/tiny");
                assertThat(answer.cost().usd()).isPresent();
                assertThat(answer.firstTokenNanos()).isPresent();
                assertThat(answer.loadNanos()).isPresent();
            });
        }
    }

    @Test
    void theRunsOfABenchmarkAreInMlflow() throws Exception {
        URI mlflow = RealServers.require(RealServers.MLFLOW_URI);
        URI ollama = RealServers.require(RealServers.OLLAMA_URL);
        URI llama = RealServers.require(RealServers.LLAMA_URL);
        String experiment = "melancia-benchmark-" + UUID.randomUUID();
        BenchmarkReport report =
                BenchmarkReport.of(run(greetings(5), 1, ollama(ollama, "tiny"), ollama(ollama, "other"), llama(llama)));

        try (ExperimentTracker tracker = ExperimentTracker.builder(folder.resolve("runs"))
                .experiment(experiment)
                .mlflow(MlflowSettings.builder(mlflow).build())
                .build()) {
            BenchmarkTracking.to(tracker).log(report);
            assertThat(tracker.flush(LIMIT)).isTrue();
        }

        JsonNode runs = runs(mlflow, experiment);
        assertThat(runs).hasSize(3);
        for (SubjectReport subject : report.subjects()) {
            JsonNode run = runOf(subject, runs);
            assertThat(run.path("info").path("status").asText()).isEqualTo("FINISHED");
            assertThat(metric(run, "latency_s/median"))
                    .isEqualTo(subject.metric("latency").median().value());
            assertThat(metric(run, "time_to_first_token_s/mean"))
                    .isEqualTo(subject.metric("time to first token").mean());
            assertThat(metric(run, "load_time_s/mean"))
                    .as("only Ollama says it")
                    .isEqualTo(subject.metric("load time").mean())
                    .matches(load -> load.isPresent() == subject.name().startsWith("ollama/"));
        }
    }

    private static JsonNode runOf(SubjectReport subject, JsonNode runs) {
        for (JsonNode run : runs) {
            if (run.path("info").path("run_name").asText().equals("benchmark " + subject.name())) {
                return run;
            }
        }
        throw new AssertionError("no run of " + subject.name());
    }

    private static JsonNode runs(URI mlflow, String experiment) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        ObjectMapper json = new ObjectMapper();
        URI byName = mlflow.resolve("/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + experiment);
        String id = json.readTree(http.send(HttpRequest.newBuilder(byName).build(), BodyHandlers.ofString())
                        .body())
                .path("experiment")
                .path("experiment_id")
                .asText();
        HttpRequest search = HttpRequest.newBuilder(mlflow.resolve("/api/2.0/mlflow/runs/search"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"experiment_ids\":[\"" + id + "\"]}"))
                .build();
        return json.readTree(http.send(search, BodyHandlers.ofString()).body()).path("runs");
    }

    private static OptionalDouble metric(JsonNode run, String key) {
        for (JsonNode metric : run.path("data").path("metrics")) {
            if (metric.path("key").asText().equals(key)) {
                return OptionalDouble.of(metric.path("value").asDouble());
            }
        }
        return OptionalDouble.empty();
    }

    private static BenchmarkResult run(Dataset dataset, int warmUp, Subject... subjects) {
        Benchmark.Builder benchmark = Benchmark.builder().dataset(dataset).warmUp(warmUp);
        List.of(subjects).forEach(benchmark::subject);
        return benchmark.build().run();
    }

    private static Dataset greetings(int questions) {
        return Dataset.of(
                "greetings",
                IntStream.range(0, questions)
                        .mapToObj(i -> Question.of("q" + i, "How are you, number " + i + "?", HELLO))
                        .toList());
    }

    private ModelSubject ollama(URI server, String name) {
        return ModelSubject.builder("ollama/" + name, providers.streamingChatModel(settings(server, name)))
                .price(TokenPrice.free())
                .build();
    }

    private static ModelSettings settings(URI server, String name) {
        return ModelSettings.builder(new ModelId("ollama", name))
                .baseUrl(server)
                .timeout(LIMIT)
                .build();
    }

    private ModelSubject llama(URI server) {
        ModelSettings settings = ModelSettings.builder(ModelId.of("openai/tiny"))
                .baseUrl(server)
                .apiKey(Secret.of("sk-test"))
                .timeout(LIMIT)
                .build();
        return ModelSubject.builder("llama-server/tiny", providers.streamingChatModel(settings))
                .price(TokenPrice.usdPerMillionTokens("0.15", "0.60").withCachedInput("0.075"))
                .tokens(providers.tokenReader(settings))
                .placement(Placement.on("llama-server", 1))
                .build();
    }

    private static Content passage(String text, String source) {
        return Content.from(TextSegment.from(text, Metadata.from("file_name", source)));
    }

    private static void assertLoadedInTheWarmUpOnly(SubjectResult subject) {
        assertThat(subject.warmUps()).hasSize(1);
        long cold = load(subject.warmUps().get(0));
        assertThat(subject.outcomes()).allSatisfy(outcome -> {
            assertThat(load(outcome)).as("a loaded model").isLessThan(cold / LEAST_RATIO);
            assertThat(firstToken(outcome)).isBetween(0L, outcome.latencyNanos());
        });
    }

    private static List<Answer> answers(SubjectResult subject) {
        return subject.outcomes().stream()
                .map(outcome -> outcome.reply().orElseThrow(() -> new AssertionError(outcome)))
                .toList();
    }

    private static long load(Outcome outcome) {
        return outcome.reply().orElseThrow().loadNanos().orElseThrow();
    }

    private static long firstToken(Outcome outcome) {
        return outcome.reply().orElseThrow().firstTokenNanos().orElseThrow();
    }
}
