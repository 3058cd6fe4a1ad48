package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.routing.Candidate;
import dev.melancia.routing.Condition;
import dev.melancia.routing.RoutingPolicy;
import dev.melancia.routing.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The router under langchain4j's AiServices: tools, streams, retrieval, objects. */
class RouterInAiServicesTest {

    private static final Candidate LOCAL =
            Candidate.builder("ollama/phi3:mini").tier("local").build();
    private static final Candidate PAID =
            Candidate.builder("openai/gpt-4o-mini").tier("paid").build();
    private static final CallContext PREMIUM =
            CallContext.builder().userId("ana").tier("premium").build();
    private static final RoutingPolicy BY_TIER = RoutingPolicy.builder("by-tier")
            .rule("premium", Condition.userTier("premium"), Target.tier("paid"))
            .otherwise(Target.tier("local"))
            .build();

    private static final ThreadLocal<CallContext> REQUEST_SCOPE = new ThreadLocal<>();

    private final List<CallRecord> records = new CopyOnWriteArrayList<>();

    @AfterEach
    void leaveRequestScope() {
        REQUEST_SCOPE.remove();
    }

    interface Assistant {
        String chat(String message);
    }

    interface Talker {
        TokenStream chat(String message);
    }

    interface Counter {
        Size read(String message);
    }

    record Size(int words) {}

    /** A tool of the host. */
    static final class Weather {

        private final AtomicInteger asked = new AtomicInteger();

        @Tool
        String weather(String city) {
            asked.incrementAndGet();
            return "rain in " + city;
        }
    }

    private static ChatModel model(Function<ChatRequest, ChatResponse> script) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return script.apply(request);
            }
        };
    }

    private static ChatResponse says(String text) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(text))
                .finishReason(FinishReason.STOP)
                .build();
    }

    private static ChatResponse weatherThenAnswer(ChatRequest request) {
        int last = request.messages().size() - 1;
        if (request.messages().get(last) instanceof ToolExecutionResultMessage result) {
            return says("There will be " + result.text());
        }
        ToolExecutionRequest tool = ToolExecutionRequest.builder()
                .id("call-1")
                .name("weather")
                .arguments("{\"arg0\": \"Recife\", \"city\": \"Recife\"}")
                .build();
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(tool))
                .finishReason(FinishReason.TOOL_EXECUTION)
                .build();
    }

    private static CallContext scope() {
        CallContext context = REQUEST_SCOPE.get();
        if (context == null) {
            throw new IllegalStateException("no request scope on " + Thread.currentThread());
        }
        return context;
    }

    private ModelRouterBuilder router() {
        return ModelRouter.builder().policy(BY_TIER).listener(records::add);
    }

    @Test
    void aToolLoopStaysOnTheModelThatAskedAndOnItsContext() {
        Weather weather = new Weather();
        AtomicBoolean first = new AtomicBoolean(true);
        try (ModelRouter router = router().model(LOCAL, model(request -> says("never")))
                .model(PAID, model(RouterInAiServicesTest::weatherThenAnswer))
                .build()) {
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(router.chatModel(() -> {
                        if (first.getAndSet(false)) {
                            return PREMIUM;
                        }
                        throw new IllegalStateException("asked again");
                    }))
                    .tools(weather)
                    .build();

            assertThat(assistant.chat("Vai chover?")).isEqualTo("There will be rain in Recife");
        }

        assertThat(weather.asked.get()).isOne();
        assertThat(records)
                .extracting(CallRecord::userTier)
                .allSatisfy(tier -> assertThat(tier).contains("premium"));
        assertThat(records)
                .extracting(record -> record.answeredBy().orElseThrow())
                .containsOnly(PAID.id());
    }

    @Test
    void aStreamingToolLoopNeedsTheRequestScopeOnlyOnce() throws Exception {
        Weather weather = new Weather();
        StreamingChatModel onNetworkThread = new StreamingChatModel() {
            @Override
            public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
                new Thread(() -> handler.onCompleteResponse(weatherThenAnswer(request))).start();
            }
        };
        CompletableFuture<String> answer = new CompletableFuture<>();
        REQUEST_SCOPE.set(PREMIUM);
        try (ModelRouter router = router().model(LOCAL, model(request -> says("never")), onNetworkThread)
                .model(PAID, model(request -> says("never")), onNetworkThread)
                .build()) {
            Talker talker = AiServices.builder(Talker.class)
                    .streamingChatModel(router.streamingChatModel(RouterInAiServicesTest::scope))
                    .tools(weather)
                    .build();
            talker.chat("Vai chover?")
                    .onPartialResponse(piece -> {})
                    .onCompleteResponse(
                            response -> answer.complete(response.aiMessage().text()))
                    .onError(answer::completeExceptionally)
                    .start();

            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("There will be rain in Recife");
        }
        assertThat(weather.asked.get()).isOne();
        assertThat(records).hasSize(2);
        assertThat(records)
                .extracting(record -> record.assigned().orElseThrow())
                .containsOnly(PAID.id());
    }

    @Test
    void theHostCancelsAStreamThroughAiServices() throws Exception {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        StreamingHandle handle = new StreamingHandle() {
            @Override
            public void cancel() {
                cancelled.complete(true);
            }

            @Override
            public boolean isCancelled() {
                return cancelled.isDone();
            }
        };
        StreamingChatModel endless = new StreamingChatModel() {
            @Override
            public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
                handler.onPartialResponse(new PartialResponse("bla"), new PartialResponseContext(handle));
            }
        };
        try (ModelRouter router = router().model(LOCAL, model(request -> says("never")), endless)
                .model(PAID, model(r -> says("x")))
                .build()) {
            Talker talker = AiServices.builder(Talker.class)
                    .streamingChatModel(router.streamingChatModel())
                    .build();
            talker.chat("Fale")
                    .onPartialResponseWithContext(
                            (piece, context) -> context.streamingHandle().cancel())
                    .ignoreErrors()
                    .start();

            assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
            org.awaitility.Awaitility.await().until(() -> router.callsRunning(LOCAL.id()) == 0);
        }
        assertThat(records).extracting(CallRecord::outcome).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void aFailingModelIsFollowedByTheNextUnderAiServices() {
        try (ModelRouter router = router().model(LOCAL, model(request -> {
                    throw new InternalServerException("boom");
                }))
                .model(PAID, model(request -> says("Oi!")))
                .build()) {
            Assistant assistant = AiServices.create(Assistant.class, router.chatModel());

            assertThat(assistant.chat("Oi")).isEqualTo("Oi!");
        }
        assertThat(records.get(0).fellBack()).isTrue();
    }

    @Test
    void theContextsQuestionDecidesThoughRetrievalAugmentsTheMessage() {
        RoutingPolicy byWords = RoutingPolicy.builder("by-words")
                .rule("short", Condition.fewerWordsThan(15), Target.tier("local"))
                .otherwise(Target.tier("paid"))
                .build();
        String question = "O que é ROAS?";
        CallContext context = CallContext.builder().question(question).build();
        try (ModelRouter router = ModelRouter.builder()
                .model(
                        LOCAL,
                        model(request -> says("local " + request.messages().size())))
                .model(PAID, model(request -> says("paid")))
                .policy(byWords)
                .build()) {
            Assistant plain = withRetrieval(router.chatModel());
            Assistant asked = withRetrieval(router.chatModel(() -> context));

            assertThat(plain.chat(question)).isEqualTo("paid");
            assertThat(asked.chat(question)).isEqualTo("local 1");
        }
    }

    private static Assistant withRetrieval(ChatModel model) {
        return AiServices.builder(Assistant.class)
                .chatModel(model)
                .contentRetriever(query -> List.of(Content.from("palavra ".repeat(100))))
                .build();
    }

    @Test
    void anObjectIsReadByAModelWithoutSchemaSinceTheRouterPromisesOnlyWhatAllCanDo() {
        ChatModel withSchema = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return says("{\"words\": 2}");
            }

            @Override
            public Set<Capability> supportedCapabilities() {
                return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
            }
        };
        AtomicBoolean schemaSent = new AtomicBoolean();
        try (ModelRouter router = ModelRouter.builder()
                .model(LOCAL, model(request -> {
                    schemaSent.set(request.responseFormat() != null);
                    return says("{\"words\": 1}");
                }))
                .model(PAID, withSchema)
                .build()) {
            assertThat(AiServices.create(Counter.class, router.chatModel()).read("Oi"))
                    .isEqualTo(new Size(1));
        }
        assertThat(schemaSent).isFalse();
    }

    @Test
    void anErrorOfTheModelReachesTheCallerUnchanged() {
        InternalServerException boom = new InternalServerException("boom");
        try (ModelRouter router = ModelRouter.builder()
                .model(LOCAL, model(request -> {
                    throw boom;
                }))
                .build()) {
            Assistant assistant = AiServices.create(Assistant.class, router.chatModel());

            assertThatThrownBy(() -> assistant.chat("Oi")).isSameAs(boom);
        }
    }
}
