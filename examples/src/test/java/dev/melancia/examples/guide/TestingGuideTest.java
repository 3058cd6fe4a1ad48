package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.call.CallRecord;
import dev.melancia.call.Outcome;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.testkit.ScriptedChatModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The testing guide's code, which tests. */
class TestingGuideTest {

    // region fallback
    @Test
    void answersFromThePaidModelWhenTheLocalOneIsTooSlow() {
        ScriptedChatModel local = ScriptedChatModel.failing(new TimeoutException("too slow"));
        ScriptedChatModel paid = ScriptedChatModel.answering("42").withTokenUsage(new TokenUsage(10, 1));
        List<CallRecord> records = new ArrayList<>();
        ModelRouter router = ModelRouter.builder()
                .model(Candidate.of("ollama/phi3:mini"), local)
                .model(Candidate.of("openai/gpt-4o-mini"), paid)
                .listener(records::add)
                .build();
        ChatModel model = router.chatModel();

        assertThat(model.chat("Quanto é 6 vezes 7?")).isEqualTo("42");
        assertThat(records.get(0).attempts())
                .extracting(attempt -> attempt.outcome())
                .containsExactly(Outcome.TIMEOUT, Outcome.ANSWERED);
        assertThat(paid.requests()).hasSize(1);
    }
    // endregion
}
