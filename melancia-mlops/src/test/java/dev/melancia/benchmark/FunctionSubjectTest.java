package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionSubjectTest {

    private static final Question QUESTION =
            Question.builder("q", "E o prazo?").conversation("c").build();

    @Test
    void aFunctionOfTheQuestionAnswers() throws Exception {
        Subject subject = Subject.of("f", question -> Answer.of(question.text() + " 30 dias"));

        assertThat(subject.name()).isEqualTo("f");
        assertThat(subject.answer(Ask.of(QUESTION)).text()).isEqualTo("E o prazo? 30 dias");
    }

    @Test
    void aChainKnowsItsConversation() throws Exception {
        Subject subject = Subject.chain(
                "chain",
                ask -> Answer.of(ask.memoryId() + " after " + ask.earlier().size()));
        Ask.Turn earlier = new Ask.Turn(QUESTION, Answer.of("x"));

        assertThat(subject.answer(new Ask(QUESTION, List.of(earlier), 1)).text())
                .isEqualTo("c#1 after 1");
    }
}
