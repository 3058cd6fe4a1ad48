package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.analysis.BenchmarkReport;
import dev.melancia.benchmark.Ask;
import dev.melancia.benchmark.Dataset;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallLog;
import dev.melancia.call.CallRecordLine;
import dev.melancia.call.FeedbackJoin;
import dev.melancia.drift.DriftDetector;
import dev.melancia.experiment.ExperimentTracker;
import dev.melancia.experiment.RunComparison;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.flags.FlagContext;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.Secret;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.suite.Suite;
import dev.melancia.testkit.ScriptedChatModel;
import dev.melancia.testkit.StreamRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guides' code does what the guides say. */
class GuideTest {

    private static final byte[] SECRET = new byte[16];
    private static final CallContext ANA =
            CallContext.builder().userId("ana").tier("premium").build();
    private static final String LONG_QUESTION =
            "O que muda para uma marca pequena quando ela passa a comprar retail media em mais de uma rede?";

    private final ChatModelProviders providers =
            ChatModelProviders.of(new FakeProvider("ollama"), new FakeProvider("openai"));

    @TempDir
    Path folder;

    @Test
    void storyAnswersAShortQuestionOfAPremiumUserLocally() {
        try (ModelRouter router = Story.router(providers)) {
            assertThat(Story.ask(router)).isEqualTo("ollama/phi3:mini");
            assertThat(router.chatModel(ANA).chat(LONG_QUESTION)).isEqualTo("openai/gpt-4o-mini");
        }
    }

    @Test
    void routingGuideExplainsStreamsForcesAndServesAiServices() throws InterruptedException {
        try (CallLog log = RoutingGuide.log(folder);
                ModelRouter router = RoutingGuide.router(providers, FeatureFlags.create(), log, SECRET)) {
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from(LONG_QUESTION))
                    .build();
            StreamRecorder recorder = new StreamRecorder();
            RoutingGuide.stream(router, ANA, recorder);

            assertThat(RoutingGuide.explain(router, request, ANA))
                    .startsWith("rule 3 \"premium\": user tier is premium (was premium) -> paid")
                    .hasSize(3);
            assertThat(RoutingGuide.assistant(router, () -> ANA).chat(LONG_QUESTION))
                    .isEqualTo("openai/gpt-4o-mini");
            assertThat(RoutingGuide.forced(router).chat(LONG_QUESTION)).isEqualTo("ollama/phi3:mini");
            assertThat(recorder.awaitTerminals(1, Duration.ofSeconds(10))).isTrue();
            assertThat(recorder.pieces()).containsExactly("ollama/phi3:mini");
        }
    }

    @Test
    void failureGuideTellsOneAttemptFromSeveral() {
        ModelRouter two = ModelRouter.builder()
                .model(Candidate.of("ollama/a"), ScriptedChatModel.failing(new IllegalStateException("broken")))
                .model(Candidate.of("ollama/b"), ScriptedChatModel.failing(new IllegalStateException("broken")))
                .build();
        try (two;
                ModelRouter limited =
                        RoutingGuide.router(providers, FeatureFlags.create(), RoutingGuide.log(folder), SECRET)) {
            assertThat(RoutingGuide.failures(two.chatModel(), "?")).endsWith("(2)");
            assertThat(RoutingGuide.failures(limited.chatModel(), "?")).isEqualTo("Desculpe.");
        }
    }

    @Test
    void providersGuideBuildsRoutersWithoutAsking() {
        try (ModelRouter discovered = ProvidersGuide.discovered();
                ModelRouter configured =
                        ProvidersGuide.configured(ChatModelProviders.discover(), Secret.of("sk-test-0123456789"))) {
            assertThat(discovered.candidates()).hasSize(1);
            assertThat(configured.candidates().get(0).capabilities()).hasSize(1);
        }
    }

    @Test
    void flagsGuideReadsItsFile() {
        FeatureFlags flags = FlagsGuide.flags(file("flags.json"));

        assertThat(FlagsGuide.evaluate(flags).detail()).isEmpty();
        assertThat(flags.evaluateDouble(FeatureFlags.OLLAMA_PERCENTAGE, 0, FlagContext.empty())
                        .value())
                .isEqualTo(0.5);
        assertThat(FlagsGuide.change(flags).applied()).isTrue();
    }

    @Test
    void trackingGuideRecordsAndCompares() {
        try (ExperimentTracker tracker = TrackingGuide.tracker(folder, Map.of())) {
            TrackingGuide.record(tracker, "# Report");
            TrackingGuide.record(tracker, "# Report");
            RunComparison comparison = TrackingGuide.compare(tracker);

            assertThat(TrackingGuide.flush(tracker)).isTrue();
            assertThat(comparison.runs()).hasSize(2);
            assertThat(comparison.metrics()).hasSize(3);
        }
    }

    @Test
    void benchmarkGuideWritesItsReports() throws IOException {
        Files.copy(file("questions.jsonl"), folder.resolve("questions.jsonl"));
        ChatModel model = ScriptedChatModel.answering("Não sei.");

        BenchmarkReport report = BenchmarkGuide.run(folder, model, model);

        assertThat(report.subject("ollama/phi3:mini")
                        .metric("refusal correctness")
                        .n())
                .isEqualTo(2);
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
        assertThat(folder.resolve("answers.csv")).isNotEmptyFile();
    }

    @Test
    void theSuiteOfTheGuideIsOne() throws IOException {
        Suite suite = Suite.read(file("suite.json"));

        assertThat(suite.dataset().questions()).hasSize(2);
        assertThat(suite.scorers()).hasSize(3);
        assertThat(suite.gate()).isPresent();
    }

    @Test
    void benchmarkGuideTakesChainsAndScorersOfOnesOwn() throws Exception {
        Question question = Dataset.read(file("questions.jsonl")).questions().get(0);
        Answer answer = BenchmarkGuide.chain(new CleanRoom()).answer(Ask.of(question));

        assertThat(answer.sources()).hasValue(List.of("rm-19"));
        assertThat(BenchmarkGuide.brief().score(question, answer).value()).hasValue(1);
    }

    @Test
    void costGuideProjectsThreeScenarios() {
        assertThat(CostGuide.projection())
                .extracting(scenario -> scenario.usdPerMonth().doubleValue())
                .containsExactly(6.21, 30.0, 31.242);
    }

    @Test
    void driftGuideAlertsOnWhatAUserNotices() {
        double[] baseline =
                DoubleStream.iterate(1, second -> second + 0.01).limit(200).toArray();
        double[] slower = DoubleStream.of(baseline).map(second -> second + 3).toArray();
        DriftDetector detector = DriftGuide.detector(baseline, baseline);

        assertThat(DriftGuide.check(detector, baseline, baseline)).isEmpty();
        assertThat(DriftGuide.check(detector, slower, baseline)).hasSize(1).allMatch(text -> text.startsWith("HIGH: "));
    }

    @Test
    void callRecordsGuideJoinsFeedbackAndReadsItsLog() throws IOException {
        LongAdder fallbacks = new LongAdder();
        Map<String, LongAdder> thumbsUp = new ConcurrentHashMap<>();
        AtomicReference<String> answer = new AtomicReference<>();
        FeedbackJoin join = CallRecordsGuide.join(thumbsUp);
        String idForThePage;
        try (CallLog log = CallRecordsGuide.log(folder);
                ModelRouter router = CallRecordsGuide.router(
                        ScriptedChatModel.answering("Anúncios em lojas."), log, join, fallbacks)) {
            idForThePage = CallRecordsGuide.ask(router, answer);
            CallRecordsGuide.feedback(idForThePage, InstantSource.system(), router);
        }
        List<String> lines = Files.readAllLines(folder.resolve("calls.jsonl"));

        assertThat(answer).hasValue("Anúncios em lojas.");
        assertThat(fallbacks.sum()).isZero();
        assertThat(thumbsUp).containsOnlyKeys("openai/gpt-4o-mini");
        assertThat(lines).hasSize(2);
        assertThat(CallRecordLine.parse(lines.get(0)).orElseThrow().id()).hasToString(idForThePage);
        assertThat(lines.get(1)).contains("\"feedback_for\":\"" + idForThePage).doesNotContain("Faltou");
        assertThat(CallRecordsGuide.answersByArm(folder.resolve("calls.jsonl"))).isEqualTo(Map.of("no split", 1L));
    }

    @Test
    void everyFieldOfACallRecordIsDocumented() throws IOException, InterruptedException {
        String document = Documents.read(Documents.root().resolve("docs/call-record.md"));
        try (CallLog log = RoutingGuide.log(folder);
                ModelRouter router = RoutingGuide.router(providers, FeatureFlags.create(), log, SECRET)) {
            CallContext context = CallContext.builder()
                    .tenant("rede")
                    .conversationId("c1")
                    .promptVersion("answer@3")
                    .tag("area", "rh")
                    .build();
            router.chatModel(context).chat(LONG_QUESTION);
            StreamRecorder recorder = new StreamRecorder();
            router.streamingChatModel(ANA).chat("O que é retail media?", recorder);
            assertThat(recorder.awaitTerminals(1, Duration.ofSeconds(10))).isTrue();
        }
        Set<String> fields = new TreeSet<>();
        for (String line : Files.readAllLines(folder.resolve("calls.jsonl"))) {
            collect(new ObjectMapper().readTree(line), fields);
        }

        assertThat(fields)
                .contains("draw", "tags", "first_token_ns")
                .allMatch(field -> document.contains("`" + field + "`"));
    }

    private static void collect(JsonNode node, Set<String> fields) {
        node.properties().forEach(field -> {
            fields.add(field.getKey());
            if (!field.getKey().equals("tags")) {
                collect(field.getValue(), fields);
            }
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, fields));
        }
    }

    private static Path file(String name) {
        return Documents.root().resolve("examples/src/main/resources/dev/melancia/examples/guide/" + name);
    }

    private static final class CleanRoom implements BenchmarkGuide.Rag {
        @Override
        public String answer(String question) {
            return "Um ambiente neutro.";
        }

        @Override
        public List<String> sources() {
            return List.of("rm-19");
        }
    }
}
