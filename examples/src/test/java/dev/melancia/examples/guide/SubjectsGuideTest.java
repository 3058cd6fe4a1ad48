package dev.melancia.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.melancia.benchmark.Ask;
import dev.melancia.benchmark.Subject;
import dev.melancia.call.CallRecord;
import dev.melancia.router.ModelRouter;
import dev.melancia.routing.Candidate;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.testkit.ScriptedChatModel;
import dev.melancia.testkit.ScriptedStreamingChatModel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The subjects guide's examples do what the guide says. */
class SubjectsGuideTest {

    private static final Question FIRST = Question.builder("q1", "O que é troca?")
            .conversation("c")
            .tags(List.of("premium"))
            .build();
    private static final Question SECOND =
            Question.builder("q2", "E o prazo?").conversation("c").build();

    @Test
    void theRouterKnowsTheCallerOfEachQuestion() throws Exception {
        List<CallRecord> records = new CopyOnWriteArrayList<>();
        try (ModelRouter router = ModelRouter.builder()
                .model(
                        Candidate.builder("ollama/phi3:mini").build(),
                        ScriptedChatModel.answering("not asked"),
                        ScriptedStreamingChatModel.answering("30", " dias"))
                .listener(records::add)
                .build()) {
            Subject subject = SubjectsGuide.router(router);

            assertThat(subject.answer(Ask.of(FIRST)).firstTokenNanos()).isPresent();
            subject.answer(Ask.of(SECOND));
        }
        assertThat(records)
                .extracting(record -> record.userTier().orElseThrow())
                .containsExactly("premium", "free");
    }

    @Test
    void theRagPipelineNamesItsSources() throws Exception {
        ScriptedChatModel model = ScriptedChatModel.answering("30 dias");
        Content term = Content.from(TextSegment.from("O prazo é de 30 dias.", Metadata.from("file_name", "trocas.md")));

        Answer answer = SubjectsGuide.rag(model, query -> List.of(term)).answer(Ask.of(SECOND));

        assertThat(answer.sources()).hasValue(List.of("trocas.md"));
        assertThat(model.requests().get(0).messages())
                .endsWith(UserMessage.from("Contexto:\nO prazo é de 30 dias.\n\nPergunta: E o prazo?"));
    }

    @Test
    void theChainRemembersItsOwnConversationOnly() throws Exception {
        Subject chain = SubjectsGuide.chain(
                ScriptedChatModel.answering(request -> request.messages().size() + " messages"));

        assertThat(chain.answer(new Ask(FIRST, List.of(), 0)).text()).isEqualTo("1 messages");
        assertThat(chain.answer(new Ask(SECOND, List.of(), 0)).text()).isEqualTo("3 messages");
        assertThat(chain.answer(new Ask(FIRST, List.of(), 1)).text()).isEqualTo("1 messages");
    }
}
