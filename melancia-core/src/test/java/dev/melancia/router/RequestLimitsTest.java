package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.router;
import static dev.melancia.router.Fakes.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import dev.melancia.call.Outcome;
import dev.melancia.router.Fakes.Model;
import dev.melancia.router.Fakes.Records;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLimitsTest {

    private static final RequestLimits HYBRID = RequestLimits.ofHybridPolicy();
    private static final CallContext NOBODY = CallContext.empty();

    private static RequestLimitException refusal(RequestLimits limits, ChatRequest request, CallContext context) {
        return catchThrowableOfType(RequestLimitException.class, () -> limits.check(request, context));
    }

    @Test
    void aPlainRouterTakesAnything() {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("?"))
                .maxOutputTokens(1_000_000)
                .build();

        RequestLimits.none().check(request, CallContext.builder().tier("gold").build());
        try (ModelRouter router = router().model(LOCAL, answers("Oi!")).build()) {
            assertThat(router.chatModel().chat("O")).isEqualTo("Oi!");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Oi", "  Oi \u2003", "", " ", "😀😀"})
    void aQuestionThatIsTooShortIsRefusedByItsLength(String question) {
        CallContext asked = CallContext.builder().question(question).build();

        RequestLimitException refusal = refusal(HYBRID, say("long enough"), asked);

        assertThat(refusal.field()).isEqualTo("question");
        assertThat(refusal).hasMessageMatching("question must have at least 3 characters, had [02]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Oi?", "😀😀😀", "O que é retail media?"})
    void aQuestionThatIsLongEnoughPasses(String question) {
        assertThatCode(() -> HYBRID.check(say(question), NOBODY)).doesNotThrowAnyException();
    }

    @Test
    void aTierNobodyKnowsIsRefusedWithThoseKnown() {
        RequestLimitException refusal = refusal(
                HYBRID, say("O que é isto?"), CallContext.builder().tier("gold").build());

        assertThat(refusal.field()).isEqualTo("tier");
        assertThat(refusal).hasMessage("tier must be one of [free, premium], was \"gold\"");
        assertThatCode(() -> HYBRID.check(say("O que é isto?"), NOBODY)).doesNotThrowAnyException();
    }

    @Test
    void askingForMoreTokensThanAllowedIsRefused() {
        ChatRequest tooMany = ChatRequest.builder()
                .messages(UserMessage.from("O que é isto?"))
                .maxOutputTokens(501)
                .build();
        ChatRequest atTheLimit = ChatRequest.builder()
                .messages(UserMessage.from("O que é isto?"))
                .maxOutputTokens(500)
                .build();

        RequestLimitException refusal = refusal(HYBRID, tooMany, NOBODY);

        assertThat(refusal.field()).isEqualTo("maxOutputTokens");
        assertThat(refusal).hasMessage("maxOutputTokens must be at most 500, was 501");
        assertThatCode(() -> HYBRID.check(atTheLimit, NOBODY)).doesNotThrowAnyException();
    }

    @Test
    void aTurnWithAToolsResultIsNotAQuestion() {
        ChatRequest toolTurn = ChatRequest.builder()
                .messages(UserMessage.from("Oi"), ToolExecutionResultMessage.from("call-1", "weather", "!"))
                .build();

        assertThatCode(() -> HYBRID.check(toolTurn, NOBODY)).doesNotThrowAnyException();
    }

    @Test
    void aRefusedCallReachesNoModelYetMakesARecord() {
        Records records = new Records();
        Model model = answers("never");
        try (ModelRouter router = router().model(LOCAL, model)
                .requestLimits(HYBRID)
                .listener(records)
                .build()) {
            assertThatThrownBy(() -> router.chatModel().chat("Oi"))
                    .isInstanceOf(RequestLimitException.class)
                    .hasMessageNotContaining("Oi");
        }

        assertThat(model.calls()).isZero();
        assertThat(records.only().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(records.only().decision()).isEmpty();
        assertThat(records.only().attempts()).isEmpty();
    }

    @Test
    void limitsThemselvesAreChecked() {
        assertThatThrownBy(() -> RequestLimits.none().minQuestionCharacters(-1))
                .hasMessage("minQuestionCharacters must be at least 0, was -1");
        assertThatThrownBy(() -> RequestLimits.none().maxOutputTokens(0))
                .hasMessage("maxOutputTokens must be at least 1, was 0");
        assertThat(HYBRID.tiers()).contains(Set.of("free", "premium"));
        assertThat(HYBRID.maxOutputTokens()).hasValue(500);
        assertThat(HYBRID.minQuestionCharacters()).isEqualTo(3);
    }
}
