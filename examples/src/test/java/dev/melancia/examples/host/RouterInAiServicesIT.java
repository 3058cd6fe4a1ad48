package dev.melancia.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.provider.Secret;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import dev.melancia.testkit.RealServers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * AiServices over a router over a real Ollama, asked in its own language and in OpenAI's; its model {@code tiny} is scripted
 * by {@code dev/servers/start-ollama.sh} and answers a keyword always alike.
 */
class RouterInAiServicesIT {

    private static final String HELLO = "Hello! I am a tiny deterministic test model.";
    private static final String FORECAST = "The forecast says sunny today;";
    private static final ModelId MISSING = ModelId.of("ollama/no-such-model");
    private static final Set<ModelCapability> ABLE =
            Set.of(ModelCapability.STREAMING, ModelCapability.TOOLS, ModelCapability.JSON_SCHEMA);
    private static final long LIMIT_SECONDS = 60;

    interface Assistant {
        String chat(@MemoryId String conversation, @UserMessage String question);
    }

    interface StreamingAssistant {
        TokenStream chat(@MemoryId String conversation, @UserMessage String question);
    }

    interface Reader {
        Reading read(String question);
    }

    record Reading(int answer) {}

    private final List<CallRecord> records = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<String> cities = new CopyOnWriteArrayList<>();
    private ModelRouter router;

    // What a host keeps in its request scope: the tier names the model.
    private volatile String tier = "";

    @BeforeEach
    void connect() {
        URI server = RealServers.require(RealServers.OLLAMA_URL);
        ChatModelProviders providers = ChatModelProviders.discover();
        router = ModelRouter.builder()
                .model(candidate("ollama/tiny"), settings("ollama/tiny", server), providers)
                .model(candidate("openai/tiny"), settings("openai/tiny", server.resolve("/v1")), providers)
                .model(candidate(MISSING.toString()), settings(MISSING.toString(), server), providers)
                .policy(RoutingPolicy.builder("by-tier")
                        .rule("native", Condition.userTier("ollama/tiny"), Target.models("ollama/tiny"))
                        .rule("v1", Condition.userTier("openai/tiny"), Target.models("openai/tiny"))
                        .otherwise(Target.models(MISSING.toString()))
                        .build())
                .listener(records::add)
                .build();
    }

    @AfterEach
    void close() {
        if (router != null) {
            router.close();
        }
    }

    /** The request scope is another one when the tool has run. */
    @Tool(name = "get_weather")
    String weather(String city) {
        cities.add(city);
        tier = "gone";
        return "sunny";
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama/tiny", "openai/tiny"})
    void theToolTurnStaysWithTheModelThatAsked(String model) {
        tier = model;

        assertThat(assistant(this).chat("c", "What is the weather in Paris?")).isEqualTo(FORECAST);

        assertToolTurnStayedOn(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama/tiny", "openai/tiny"})
    void aStreamsToolTurnStaysWithTheModelThatAskedToo(String model) throws Exception {
        tier = model;
        List<String> pieces = new CopyOnWriteArrayList<>();

        String whole = streamed(streamingAssistant(this).chat("c", "What is the weather in Paris?"), pieces);

        assertThat(whole).isEqualTo(FORECAST);
        assertThat(String.join("", pieces)).isEqualTo(FORECAST);
        assertToolTurnStayedOn(model);
        assertThat(records).allMatch(CallRecord::isStreaming);
    }

    private void assertToolTurnStayedOn(String model) {
        assertThat(cities).containsExactly("Paris");
        assertThat(asked).as("supplier asked once a turn of the user").hasValue(1);
        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(record.answeredBy()).contains(ModelId.of(model));
            assertThat(record.userTier()).contains(model);
            assertThat(record.inputTokens()).isPresent();
            assertThat(record.outputTokens()).isPresent();
        });
        assertThat(records.get(1).decision().orElseThrow().reason()).contains("asked for the tool");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama/tiny", "openai/tiny"})
    void anObjectIsReadFromTheAnswer(String model) {
        tier = model;
        Reader reader = AiServices.create(Reader.class, router.chatModel(this::context));

        assertThat(reader.read("The answer as json, please")).isEqualTo(new Reading(42));
        assertThat(records).singleElement().matches(record -> !record.fellBack());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama/tiny", "openai/tiny"})
    void aConversationGoesOnWithTheNextModelWhenItsOwnFails(String model) {
        Assistant assistant = assistant();
        tier = model;
        assistant.chat("c", "Hi");
        int inputOfOneTurn = records.get(0).inputTokens().orElseThrow();
        tier = "the missing model";

        assertThat(assistant.chat("c", "Hi again")).isEqualTo(HELLO);

        CallRecord second = records.get(1);
        assertThat(second.assigned()).contains(MISSING);
        assertThat(second.attempts().get(0).outcome()).isEqualTo(Outcome.MODEL_NOT_FOUND);
        assertThat(second.answeredBy()).contains(ModelId.of("ollama/tiny"));
        assertThat(second.inputTokens().orElseThrow())
                .as("the memory went along")
                .isGreaterThan(inputOfOneTurn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama/tiny", "openai/tiny"})
    void aStreamedConversationGoesOnWithTheNextModelWhenItsOwnFails(String model) throws Exception {
        StreamingAssistant assistant = streamingAssistant();
        tier = model;
        streamed(assistant.chat("c", "Hi"), new CopyOnWriteArrayList<>());
        tier = "the missing model";
        List<String> pieces = new CopyOnWriteArrayList<>();

        assertThat(streamed(assistant.chat("c", "Hi again"), pieces)).isEqualTo(HELLO);

        assertThat(String.join("", pieces)).isEqualTo(HELLO);
        assertThat(records.get(0).answeredBy()).contains(ModelId.of(model));
        assertThat(records.get(1).fellBack()).isTrue();
        assertThat(records.get(1).answeredBy()).contains(ModelId.of("ollama/tiny"));
    }

    private CallContext context() {
        asked.incrementAndGet();
        return CallContext.builder().userId("ana").tier(tier).build();
    }

    private Assistant assistant(Object... tools) {
        return AiServices.builder(Assistant.class)
                .chatModel(router.chatModel(this::context))
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
                .tools(tools)
                .build();
    }

    private StreamingAssistant streamingAssistant(Object... tools) {
        return AiServices.builder(StreamingAssistant.class)
                .streamingChatModel(router.streamingChatModel(this::context))
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
                .tools(tools)
                .build();
    }

    private static String streamed(TokenStream stream, List<String> pieces) throws Exception {
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        stream.onPartialResponse(pieces::add)
                .onCompleteResponse(end::complete)
                .onError(end::completeExceptionally)
                .start();
        return end.get(LIMIT_SECONDS, TimeUnit.SECONDS).aiMessage().text();
    }

    private static Candidate candidate(String id) {
        return Candidate.builder(id).capabilities(ABLE).build();
    }

    private static ModelSettings settings(String id, URI address) {
        return ModelSettings.builder(ModelId.of(id))
                .baseUrl(address)
                .apiKey(Secret.of("none-is-needed"))
                .capabilities(ABLE)
                .timeout(Duration.ofSeconds(LIMIT_SECONDS))
                .build();
    }
}
