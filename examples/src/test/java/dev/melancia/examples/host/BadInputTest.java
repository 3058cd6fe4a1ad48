package dev.melancia.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.call.CallContext;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.router.CallLimits;
import dev.melancia.router.ModelRouter;
import dev.melancia.router.RequestLimitException;
import dev.melancia.router.RequestLimits;
import dev.melancia.routing.Candidate;
import dev.melancia.testkit.ScriptedChatModel;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host application gets wrong, and that it is told field, rule and value before any money is spent. */
class BadInputTest {

    private static final Duration NEGATIVE = Duration.ofSeconds(-3);
    private static final ModelId MODEL = ModelId.of("ollama/phi3:mini");

    static Stream<Arguments> negativeTimeouts() {
        return Stream.of(
                refused("attempt limit", () -> CallLimits.defaults().withAttempt(NEGATIVE)),
                refused("call limit", () -> CallLimits.defaults().withCall(NEGATIVE)),
                refused("first-token limit", () -> CallLimits.defaults().withFirstToken(NEGATIVE)),
                refused("idle limit", () -> CallLimits.defaults().withIdle(NEGATIVE)),
                refused("attemptLimit", () -> Candidate.builder(MODEL).attemptLimit(NEGATIVE)),
                refused("firstTokenLimit", () -> Candidate.builder(MODEL).firstTokenLimit(NEGATIVE)),
                refused("idleLimit", () -> Candidate.builder(MODEL).idleLimit(NEGATIVE)),
                refused("timeout", () -> ModelSettings.builder(MODEL).timeout(NEGATIVE)));
    }

    @ParameterizedTest
    @MethodSource("negativeTimeouts")
    void negativeTimeoutsAreRefusedByName(String name, ThrowingCallable setting) {
        assertThatThrownBy(setting)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("must be")
                .hasMessageContaining("was PT-3S");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "Oi", "é?"})
    void aQuestionTooShortForTheHybridPolicyReachesNoModel(String question) {
        ScriptedChatModel model = ScriptedChatModel.answering("never");
        try (ModelRouter router = hybrid(model)) {
            assertThatThrownBy(() -> router.chatModel().chat(question))
                    .isInstanceOf(RequestLimitException.class)
                    .hasMessageContaining("question must have at least 3 characters, had ");
        }
        assertUnasked(model);
    }

    @Test
    void aTierTheHybridPolicyDoesNotKnowReachesNoModel() {
        ScriptedChatModel model = ScriptedChatModel.answering("never");
        try (ModelRouter router = hybrid(model)) {
            CallContext gold = CallContext.builder().tier("gold").build();

            assertThatThrownBy(() -> router.chatModel(gold).chat("Quanto custa?"))
                    .isInstanceOf(RequestLimitException.class)
                    .hasMessage("tier must be one of [free, premium], was \"gold\"");
        }
        assertUnasked(model);
    }

    private static ModelRouter hybrid(ScriptedChatModel model) {
        return ModelRouter.builder()
                .model(Candidate.builder(MODEL).build(), model)
                .requestLimits(RequestLimits.ofHybridPolicy())
                .build();
    }

    private static Arguments refused(String name, ThrowingCallable setting) {
        return Arguments.of(name, setting);
    }

    private static void assertUnasked(ScriptedChatModel model) {
        assertThat(model.requests()).isEmpty();
    }
}
