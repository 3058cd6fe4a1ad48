package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.PAID;
import static dev.melancia.router.Fakes.answer;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.fails;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.MelanciaException;
import dev.melancia.call.Attempt;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class BlockingCallTest {

    private final Records records = new Records();

    private ModelRouter two(Model first, Model second) {
        return router().model(LOCAL, first)
                .model(PAID, second)
                .listener(records)
                .build();
    }

    private ModelRouter one(Model model) {
        return router().model(LOCAL, model).listener(records).build();
    }

    private static void assertAllPermitsBack(ModelRouter router) {
        assertThat(router.callsRunning(LOCAL.id())).isZero();
        assertThat(router.callsRunning(PAID.id())).isZero();
    }

    @Test
    void theHostGetsTheModelsOwnResponse() {
        ChatResponse response = answer("Oi!");
        try (ModelRouter router = one(new Model(request -> response))) {
            assertThat(router.chatModel().chat(say("Oi"))).isSameAs(response);
            assertThat(records.only().outcome()).isEqualTo(Outcome.ANSWERED);
            assertAllPermitsBack(router);
        }
    }

    @Test
    void aFailingModelIsFollowedByTheNext() {
        Model broken = fails(new InternalServerException("boom"));
        try (ModelRouter router = two(broken, answers("Oi!"))) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");

            assertThat(broken.calls()).isOne();
            assertThat(records.only().attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.SERVER_ERROR, Outcome.ANSWERED);
            assertAllPermitsBack(router);
        }
    }

    @Test
    void anInvalidRequestGoesToNoOtherModel() {
        InvalidRequestException invalid = new InvalidRequestException(new HttpException(400, "bad"));
        Model second = answers("never");
        try (ModelRouter router = two(fails(invalid), second)) {
            for (int i = 0; i < 20; i++) {
                assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(invalid);
            }
            assertThat(second.calls()).isZero();
        }
    }

    @Test
    void anInvalidRequestDoesNotCountAgainstItsModel() {
        Model sometimes = new Model(request -> {
            if (request.messages().size() > 1) {
                throw new InvalidRequestException("bad");
            }
            return answer("local");
        });
        try (ModelRouter router = two(sometimes, answers("paid"))) {
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> router.chatModel()
                                .chat(
                                        say("a").messages().get(0),
                                        say("b").messages().get(0)))
                        .isInstanceOf(InvalidRequestException.class);
            }
            assertThat(router.chatModel().chat("Oi")).isEqualTo("local");
        }
    }

    @Test
    void theErrorOfASingleAttemptIsRethrownUnchanged() {
        RuntimeException error = new InternalServerException("boom");
        try (ModelRouter router = one(fails(error))) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(error);
            assertThat(records.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
            assertThat(records.only().answeredBy()).isEmpty();
            assertAllPermitsBack(router);
        }
    }

    @Test
    void severalFailedAttemptsAreToldTogether() {
        RuntimeException first = new InternalServerException("boom");
        RuntimeException second = new IllegalStateException("bang");
        try (ModelRouter router = two(fails(first), fails(second))) {
            AllModelsFailedException all = catchThrowableOfType(
                    AllModelsFailedException.class, () -> router.chatModel().chat("Oi"));

            assertThat(all)
                    .hasCause(second)
                    .hasMessage("all 2 attempts failed: [ollama/phi3:mini SERVER_ERROR"
                            + " (InternalServerException), openai/gpt-4o-mini FAILED (IllegalStateException)]");
            assertThat(all.getSuppressed()).containsExactly(first);
            assertThat(all.attempts()).extracting(Attempt::model).containsExactly(LOCAL.id(), PAID.id());
        }
    }

    @Test
    void aRefusalByTheOnlyModelIsTriedOnceMore() {
        Model waking = new Model(new java.util.function.Function<>() {
            private boolean awake;

            @Override
            public ChatResponse apply(dev.langchain4j.model.chat.request.ChatRequest request) {
                if (awake) {
                    return answer("Oi!");
                }
                awake = true;
                throw new RuntimeException(new ConnectException());
            }
        });
        try (ModelRouter router = one(waking)) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(waking.calls()).isEqualTo(2);
            assertThat(records.only().fellBack()).isFalse();
            assertThat(records.only().attempts()).hasSize(2);
        }
    }

    @Test
    void aRefusalIsTriedOnceMoreOnTheLastModelOnly() {
        Model first = fails(new RateLimitException("slow down"));
        Model last = fails(new RateLimitException("slow down"));
        try (ModelRouter router = two(first, last)) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi")).isInstanceOf(AllModelsFailedException.class);
            assertThat(first.calls()).isOne();
            assertThat(last.calls()).isEqualTo(2);
        }
    }

    @Test
    void aModelThatAnswersNullIsFollowedByTheNext() {
        try (ModelRouter router = two(new Model(request -> null), answers("Oi!"))) {
            assertThat(router.chatModel().chat("Oi")).isEqualTo("Oi!");
            assertThat(records.only().attempts())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.MALFORMED_RESPONSE, Outcome.ANSWERED);
        }
    }

    @Test
    void aModelThatAnswersNullAloneIsAnErrorWithItsName() {
        try (ModelRouter router = one(new Model(request -> null))) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi"))
                    .isInstanceOf(MelanciaException.class)
                    .hasMessage("ollama/phi3:mini answered null, which no ChatModel may");
        }
    }

    @Test
    void anErrorOfTheMachinePassesThroughAndNoOtherModelIsTried() {
        Error error = new StackOverflowError("deep");
        Model second = answers("never");
        Model broken = new Model(request -> {
            throw error;
        });
        try (ModelRouter router = two(broken, second)) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(error);
            assertThat(second.calls()).isZero();
            assertThat(records.only().outcome()).isEqualTo(Outcome.FAILED);
            assertAllPermitsBack(router);
        }
    }

    @Test
    void anErrorOfTheMachinePassesThroughOnALaterAttemptToo() {
        Error error = new LinkageError("no such class");
        Model broken = new Model(request -> {
            throw error;
        });
        try (ModelRouter router = two(fails(new InternalServerException("boom")), broken)) {
            assertThat(catchThrowable(() -> router.chatModel().chat("Oi"))).isSameAs(error);
            assertAllPermitsBack(router);
        }
    }

    @Test
    void manyCallsOverAFailingModelDoNotOverflowTheStack() {
        ChatModel first = fails(new InternalServerException("boom"));
        try (ModelRouter router = router().model(LOCAL, (ChatModel) new Quiet(first))
                .model(PAID, (ChatModel) new Quiet(answers("Oi!")))
                .limits(CallLimits.none())
                .build()) {
            ChatModel view = router.chatModel();
            for (int i = 0; i < 20_000; i++) {
                assertThat(view.chat(say("Oi")).aiMessage().text()).isEqualTo("Oi!");
            }
            assertAllPermitsBack(router);
        }
    }

    /** Without the memory of the fake: copy-on-write lists do not like twenty thousand calls. */
    private record Quiet(ChatModel model) implements ChatModel {
        @Override
        public ChatResponse chat(
                dev.langchain4j.model.chat.request.ChatRequest request,
                dev.langchain4j.model.chat.ChatRequestOptions options) {
            ((Model) model).requests.clear();
            ((Model) model).options.clear();
            ((Model) model).threads.clear();
            return model.chat(request, options);
        }
    }
}
