package dev.melancia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScriptedChatModelTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("hi")).build();

    @Test
    void goesThroughItsStepsAndRepeatsTheLast() {
        ScriptedChatModel model = ScriptedChatModel.answering("first")
                .thenFailing(new TimeoutException("slow"))
                .thenAnswering("last");

        assertThat(model.chat("a")).isEqualTo("first");
        assertThatThrownBy(() -> model.chat("b")).isInstanceOf(TimeoutException.class);
        assertThat(model.chat("c")).isEqualTo("last");
        assertThat(model.chat("d")).isEqualTo("last");
        assertThat(model.requests())
                .extracting(request -> ((UserMessage) request.messages().get(0)).singleText())
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void answersByTheRequest() {
        ScriptedChatModel model =
                ScriptedChatModel.answering(request -> request.messages().size() + " messages");

        assertThat(model.chat(List.of(UserMessage.from("a"), UserMessage.from("b")))
                        .aiMessage()
                        .text())
                .isEqualTo("2 messages");
    }

    @Test
    void reportsTokensOnlyWhenTold() {
        ScriptedChatModel silent = ScriptedChatModel.answering("x");
        ScriptedChatModel counting = silent.withTokenUsage(new TokenUsage(10, 1));

        assertThat(silent.chat(HI).tokenUsage()).isNull();
        assertThat(counting.chat(HI).tokenUsage().totalTokenCount()).isEqualTo(11);
        assertThat(silent.chat(HI).finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void passesAWholeResponseOnUntouched() {
        ChatResponse response = Answers.response("x", HI, null, FinishReason.LENGTH);

        assertThat(ScriptedChatModel.responding(request -> response).chat(HI)).isSameAs(response);
    }

    @Test
    void tellsListenersAndDeclaresCapabilities() {
        CallCounter calls = new CallCounter();
        ScriptedChatModel model = ScriptedChatModel.answering("x")
                .thenFailing(new RateLimitException("429"))
                .withListeners(calls)
                .withCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);

        model.chat(HI);
        assertThatThrownBy(() -> model.chat(HI)).isInstanceOf(RateLimitException.class);

        assertThat(calls.counts()).isEqualTo("2 requests, 1 responses, 1 errors");
        assertThat(model.supportedCapabilities()).containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    @Test
    void hangsUntilTheGateOpens() throws Exception {
        Gate gate = Gate.closed();
        ScriptedChatModel model = ScriptedChatModel.answering("at last").heldBy(gate);
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> answers = Stream.of("a", "b")
                    .map(text -> callers.submit((Callable<String>) () -> model.chat(text)))
                    .toList();
            gate.awaitHeld(2, SOON);
            assertThat(answers).noneMatch(Future::isDone);

            gate.open();

            assertThat(answers.get(0).get()).isEqualTo("at last");
            assertThat(answers.get(1).get()).isEqualTo("at last");
            assertThat(gate.held()).isZero();
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void mindsAnInterruptUnlessToldOtherwise() throws Exception {
        Gate minding = Gate.closed();
        Thread first = calling(ScriptedChatModel.answering("x").heldBy(minding));
        minding.awaitHeld(1, SOON);
        first.interrupt();
        first.join(SOON.toMillis());
        assertThat(first.isAlive()).isFalse();

        Gate deaf = Gate.ignoringInterrupts();
        Thread second = calling(ScriptedChatModel.answering("x").heldBy(deaf));
        deaf.awaitHeld(1, SOON);
        second.interrupt();
        second.join(100);
        assertThat(second.isAlive()).isTrue();
        deaf.open();
        second.join(SOON.toMillis());
        assertThat(second.isAlive()).isFalse();
    }

    private static Thread calling(ScriptedChatModel model) {
        Thread thread = new Thread(() -> model.chat(HI));
        thread.setUncaughtExceptionHandler((where, error) -> assertThat(error).hasMessageContaining("held by a gate"));
        thread.start();
        return thread;
    }
}
