package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static dev.melancia.router.Streams.streams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CallRecord;
import dev.melancia.provider.ModelCapability;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import dev.melancia.routing.Candidate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the router behaves as a langchain4j model. */
class Langchain4jViewTest {

    private final List<String> told = new ArrayList<>();

    private ChatModelListener listener(String name) {
        return new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                context.attributes().put("started", name);
                told.add(name + ":request");
            }

            @Override
            public void onResponse(ChatModelResponseContext context) {
                told.add(name + ":response:" + context.attributes().get("started"));
            }

            @Override
            public void onError(ChatModelErrorContext context) {
                told.add(name + ":error:" + context.attributes().get("started"));
            }
        };
    }

    /** A delegate as providers build them: langchain4j's own chat() fires its listener. */
    private static ChatModel delegate(ChatModelListener listener, String text) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                if (text.isEmpty()) {
                    throw new InternalServerException("boom");
                }
                return answer(text);
            }

            @Override
            public List<ChatModelListener> listeners() {
                return List.of(listener);
            }
        };
    }

    @Test
    void routersAndDelegatesListenersAreToldOnceEach() {
        try (ModelRouter router = router().model(LOCAL, delegate(listener("local"), ""))
                .model(PAID, delegate(listener("paid"), "Oi!"))
                .chatModelListener(listener("router"))
                .build()) {
            router.chatModel().chat("Oi");

            assertThat(told)
                    .containsExactly(
                            "router:request",
                            "local:request",
                            "local:error:local",
                            "paid:request",
                            "paid:response:paid",
                            "router:response:router");
        }
    }

    @Test
    void aFailedCallIsToldOnceHoweverManyModelsItTook() {
        try (ModelRouter router = router().model(LOCAL, fails(new InternalServerException("boom")))
                .model(PAID, fails(new InternalServerException("boom")))
                .chatModelListener(listener("router"))
                .build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(AllModelsFailedException.class);

            assertThat(told).containsExactly("router:request", "router:error:router");
        }
    }

    @Test
    void theEndComesWithTheRecordThatItsListenersWereToldBefore() throws Exception {
        List<CallRecord> records = new ArrayList<>();
        List<CallRecord> joined = new ArrayList<>();
        ChatModelListener joining = new ChatModelListener() {
            @Override
            public void onResponse(ChatModelResponseContext context) {
                joined.add(CallRecord.from(context.attributes()).orElseThrow());
            }

            @Override
            public void onError(ChatModelErrorContext context) {
                joined.add(CallRecord.from(context.attributes()).orElseThrow());
            }
        };
        try (ModelRouter router = router().model(LOCAL, answers("Oi!"), streams("Oi"))
                .cache(ResponseCache.caffeine())
                .listener(records::add)
                .chatModelListener(joining)
                .build()) {
            router.chatModel().chat("Oi");
            router.chatModel().chat("Oi");
            Host host = new Host();
            router.streamingChatModel().chat(say("Olá"), host);
            host.untilTheEnd();
        }
        try (ModelRouter router = router().model(LOCAL, fails(new InternalServerException("boom")))
                .listener(records::add)
                .chatModelListener(joining)
                .build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(InternalServerException.class);
        }
        assertThat(joined).hasSize(4).containsExactlyElementsOf(records);
    }

    @Test
    void aStreamIsToldOnceHoweverManyModelsItTook() throws Exception {
        try (ModelRouter router = Streams.two(
                        new Stream(out -> out.onError(new InternalServerException("boom"))), streams("Oi"))
                .chatModelListener(listener("router"))
                .build()) {
            Host host = new Host();
            router.streamingChatModel().chat(say("Oi"), host);
            host.untilTheEnd();

            assertThat(told).containsExactly("router:request", "router:response:router");
        }
    }

    @Test
    void aChatModelListenerThatThrowsBreaksNoCall() {
        ChatModelListener broken = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                throw new IllegalStateException("listener");
            }
        };
        try (ModelRouter router = router().model(LOCAL, answers("Oi!"))
                .chatModelListener(broken)
                .chatModelListener(listener("router"))
                .build()) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(told).hasSize(2);
        }
    }

    @Test
    void optionsReachTheDelegateUnchanged() throws Exception {
        ChatRequestOptions options = ChatRequestOptions.builder()
                .addListenerAttribute("trace", "t-1")
                .build();
        Model model = answers("Oi!");
        Stream stream = streams("Oi!");
        try (ModelRouter router = router().model(LOCAL, model, stream).build()) {
            router.chatModel().chat(say("Oi"), options);
            Host host = new Host();
            router.streamingChatModel().chat(say("Oi"), options, host);
            host.untilTheEnd();

            assertThat(model.options.get(0)).isSameAs(options);
            assertThat(stream.options.get(0)).isSameAs(options);
        }
    }

    @Test
    void aModelNameInTheRequestIsReplacedByEachCandidatesOwnAndTheRestIsKept() {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Oi"))
                .parameters(Special.special()
                        .seed(42)
                        .modelName("gpt-9")
                        .temperature(0.5)
                        .build())
                .build();
        Model first = fails(new InternalServerException("boom"));
        Model second = answers("Oi!");
        try (ModelRouter router =
                router().model(LOCAL, first).model(PAID, second).build()) {
            router.chatModel().chat(request);

            assertThat(first.requests.get(0).modelName()).isEqualTo("phi3:mini");
            ChatRequestParameters seen = second.requests.get(0).parameters();
            assertThat(seen.modelName()).isEqualTo("gpt-4o-mini");
            assertThat(seen.temperature()).isEqualTo(0.5);
            assertThat(seen).isInstanceOf(Special.class);
            assertThat(((Special) seen).seed).isEqualTo(42);
            assertThat(second.requests.get(0).messages()).isEqualTo(request.messages());
        }
    }

    @Test
    void aRequestWithoutAModelNameIsPassedOnAsItIs() {
        ChatRequest request = say("Oi");
        Model model = answers("Oi!");
        try (ModelRouter router = router().model(LOCAL, model).build()) {
            router.chatModel().chat(request);
            assertThat(model.requests.get(0)).isSameAs(request);
        }
    }

    @Test
    void capabilitiesAreWhatEveryModelCanDo() {
        Set<Capability> schema = Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        Candidate noSchema = Candidate.builder("ollama/plain")
                .capabilities(EnumSet.of(ModelCapability.STREAMING))
                .build();

        assertThat(capabilities(capable(schema), capable(schema))).isEqualTo(schema);
        assertThat(capabilities(capable(schema), capable(Set.of()))).isEmpty();
        try (ModelRouter router = router().model(noSchema, capable(schema))
                .model(PAID, capable(schema))
                .build()) {
            assertThat(router.chatModel().supportedCapabilities()).isEmpty();
        }
    }

    private static Set<Capability> capabilities(ChatModel first, ChatModel second) {
        try (ModelRouter router =
                router().model(LOCAL, first).model(PAID, second).build()) {
            assertThat(router.streamingChatModel().supportedCapabilities())
                    .isEqualTo(router.chatModel().supportedCapabilities());
            return router.chatModel().supportedCapabilities();
        }
    }

    private static ChatModel capable(Set<Capability> capabilities) {
        return new ChatModel() {
            @Override
            public Set<Capability> supportedCapabilities() {
                return capabilities;
            }
        };
    }

    @Test
    void noViewIsBothKindsOfModel() {
        try (ModelRouter router = router().model(LOCAL, answers("Oi!")).build()) {
            assertThat((Object) router.chatModel())
                    .isNotInstanceOf(dev.langchain4j.model.chat.StreamingChatModel.class);
            assertThat((Object) router.streamingChatModel()).isNotInstanceOf(ChatModel.class);
        }
    }

    /** Parameters of a provider of its own. */
    private static final class Special extends DefaultChatRequestParameters {

        private final Integer seed;

        private Special(Builder builder) {
            super(builder);
            this.seed = builder.seed;
        }

        static Builder special() {
            return new Builder();
        }

        @Override
        public ChatRequestParameters overrideWith(ChatRequestParameters that) {
            return special().overrideWith(this).overrideWith(that).build();
        }

        private static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {

            private Integer seed;

            Builder seed(Integer seed) {
                this.seed = seed;
                return this;
            }

            @Override
            public Builder overrideWith(ChatRequestParameters parameters) {
                super.overrideWith(parameters);
                if (parameters instanceof Special special) {
                    seed = special.seed;
                }
                return this;
            }

            @Override
            public Special build() {
                return new Special(this);
            }
        }
    }
}
