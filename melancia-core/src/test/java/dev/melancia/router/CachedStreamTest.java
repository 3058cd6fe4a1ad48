package dev.melancia.router;

import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.say;
import static dev.melancia.router.Streams.one;
import static dev.melancia.router.Streams.streams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.melancia.cache.ResponseCache;
import dev.melancia.call.CacheMode;
import dev.melancia.call.CallContext;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import dev.melancia.router.Streams.Host;
import dev.melancia.router.Streams.Stream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CachedStreamTest {

    private final Records records = new Records();
    private final Stream stream = streams("O", "i!");

    private ModelRouterBuilder cached() {
        return one(stream).cache(ResponseCache.caffeine()).listener(records);
    }

    private static Host ask(ModelRouter router) throws InterruptedException {
        return ask(router, new Host());
    }

    private static Host ask(ModelRouter router, Host host) throws InterruptedException {
        router.streamingChatModel().chat(say("Oi"), host);
        return host.untilTheEnd();
    }

    @Test
    void aHitIsOnePieceAndTheWhole() throws InterruptedException {
        try (ModelRouter router = cached().build()) {
            Host first = ask(router);
            Host second = ask(router);

            assertThat(first.heard).containsExactly("plain:O", "plain:i!", "complete");
            assertThat(second.heard).containsExactly("Oi!", "complete");
            assertThat(second.responses).containsExactlyElementsOf(first.responses);
            assertThat(stream.requests).hasSize(1);
        }
        CallRecord hit = records.all.get(1);
        assertThat(hit.isCacheHit()).isTrue();
        assertThat(hit.isStreaming()).isTrue();
        assertThat(hit.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(hit.attempts()).isEmpty();
        assertThat(hit.timeToFirstTokenNanos()).isEmpty();
    }

    @Test
    void bothViewsShareAnswers() throws InterruptedException {
        try (ModelRouter router = cached().build()) {
            ask(router);

            assertThat(router.chatModel().chat(say("Oi")).aiMessage().text()).isEqualTo("Oi!");
            assertThat(records.all.get(1).isCacheHit()).isTrue();
            router.chatModel().chat(say("Olá"));
            Host host = new Host();
            router.streamingChatModel().chat(say("Olá"), host);
            assertThat(host.untilTheEnd().heard).containsExactly("unused", "complete");
        }
    }

    @Test
    void refreshAndBypassAskTheModel() throws InterruptedException {
        try (ModelRouter router = cached().build()) {
            ask(router);
            for (CacheMode mode : List.of(CacheMode.REFRESH, CacheMode.BYPASS)) {
                Host host = new Host();
                router.streamingChatModel(CallContext.builder().cache(mode).build())
                        .chat(say("Oi"), host);
                assertThat(host.untilTheEnd().heard).hasSize(3);
            }
        }
        assertThat(stream.requests).hasSize(3);
    }

    @Test
    void aCutOffStreamIsNotKept() throws InterruptedException {
        Stream cut = new Stream(out -> {
            out.onPartialResponse("O");
            out.onCompleteResponse(
                    ChatResponse.builder().aiMessage(answer("O").aiMessage()).build());
        });
        try (ModelRouter router = one(cut).cache(ResponseCache.caffeine()).build()) {
            assertThat(ask(router).errors).hasSize(1);
            assertThat(ask(router).errors).hasSize(1);
        }
        assertThat(cut.requests).hasSize(2);
    }

    @Test
    void aHostThatCancelsAtThePieceHearsNoEnd() throws InterruptedException {
        Host cancelling = new Host() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                super.onPartialResponse(piece, context);
                context.streamingHandle().cancel();
            }
        };
        try (ModelRouter router = cached().build()) {
            ask(router);
            router.streamingChatModel().chat(say("Oi"), cancelling);
        }
        assertThat(cancelling.heard).containsExactly("Oi!");
        assertThat(cancelling.handles.get(0).isCancelled()).isTrue();
        assertThat(records.all.get(1).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(records.all.get(1).answeredBy()).isEmpty();
    }

    @Test
    void cancellingAfterTheEndChangesNothing() throws InterruptedException {
        try (ModelRouter router = cached().build()) {
            ask(router);
            Host host = ask(router);
            host.handles.get(0).cancel();

            assertThat(host.handles.get(0).isCancelled()).isFalse();
            assertThat(records.all.get(1).outcome()).isEqualTo(Outcome.ANSWERED);
        }
    }

    @Test
    void aHostThatBreaksAtThePieceHearsItsOwnError() throws InterruptedException {
        IllegalStateException own = new IllegalStateException("host");
        Host broken = new Host() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                throw own;
            }
        };
        try (ModelRouter router = cached().build()) {
            ask(router);
            ask(router, broken);
        }
        assertThat(broken.heard).containsExactly("error:IllegalStateException");
        assertThat(broken.errors).containsExactly(own);
        assertThat(records.all.get(1).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void aHostThatBreaksAtTheEndIsToldNothingMore() throws InterruptedException {
        Host broken = new Host() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                super.onCompleteResponse(response);
                throw new IllegalStateException("host");
            }
        };
        try (ModelRouter router = cached().build()) {
            ask(router);

            assertThat(catchThrowable(() -> ask(router, broken))).isNull();
            assertThat(broken.terminals()).isOne();
        }
    }

    @Test
    void listenersOfLangchain4jHearOfAHitAsOfAnyAnswer() throws InterruptedException {
        List<String> heard = new CopyOnWriteArrayList<>();
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                heard.add("request");
            }

            @Override
            public void onResponse(ChatModelResponseContext context) {
                heard.add(context.chatResponse().aiMessage().text());
            }

            @Override
            public void onError(ChatModelErrorContext context) {
                heard.add("error");
            }
        };
        try (ModelRouter router = cached().chatModelListener(listener).build()) {
            ask(router);
            ask(router);
            router.chatModel().chat(say("Oi"));
        }
        assertThat(heard).containsExactly("request", "Oi!", "request", "Oi!", "request", "Oi!");
        assertThat(records.all).filteredOn(CallRecord::isCacheHit).hasSize(2);
    }

    @Test
    void aStreamThatFailsLeavesNothingBehind() throws InterruptedException {
        Stream failing = new Stream(out -> out.onError(new dev.langchain4j.exception.InternalServerException("down")));
        Model unused = Fakes.answers("blocking");
        try (ModelRouter router = Fakes.router()
                .model(Fakes.LOCAL, unused, failing)
                .cache(ResponseCache.caffeine())
                .build()) {
            assertThat(ask(router).terminals()).isOne();
            assertThat(router.chatModel().chat("Oi")).isEqualTo("blocking");
        }
    }
}
