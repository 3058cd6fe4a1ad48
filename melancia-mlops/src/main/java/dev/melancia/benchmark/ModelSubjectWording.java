package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.melancia.scorer.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a question is put to a model: system message, what was said before, and the question. Immutable.
 *
 * @param systemMessage first of all messages; null for none
 * @param prompt the text of the last message
 * @param memory how many earlier turns the model is reminded of, the latest ones
 */
record ModelSubjectWording(
        @Nullable SystemMessage systemMessage, Function<? super Question, String> prompt, int memory) {

    static final ModelSubjectWording PLAIN = new ModelSubjectWording(null, ModelSubjectWording::contextAndText, 10);

    ModelSubjectWording {
        requireNonNull(prompt, "prompt");
        if (memory < 0) {
            throw new IllegalArgumentException("memory must be at least 0 turns, was " + memory);
        }
    }

    private static String contextAndText(Question question) {
        return question.context()
                .map(context -> context + "\n\n" + question.text())
                .orElse(question.text());
    }

    ModelSubjectWording withSystemMessage(String text) {
        return new ModelSubjectWording(SystemMessage.from(text), prompt, memory);
    }

    ModelSubjectWording withPrompt(Function<? super Question, String> text) {
        return new ModelSubjectWording(systemMessage, text, memory);
    }

    ModelSubjectWording withMemory(int turns) {
        return new ModelSubjectWording(systemMessage, prompt, turns);
    }

    /** All messages of a call. */
    List<ChatMessage> messages(Ask ask) {
        return messages(ask, UserMessage.from(prompt.apply(ask.question())));
    }

    /** All messages of a call whose last message is made already. */
    List<ChatMessage> messages(Ask ask, ChatMessage last) {
        List<ChatMessage> messages = new ArrayList<>();
        if (systemMessage != null) {
            messages.add(systemMessage);
        }
        messages.addAll(earlier(ask));
        messages.add(last);
        return messages;
    }

    /** The earlier turns that fit: whole ones, in the words of the question and of the answer. */
    List<ChatMessage> earlier(Ask ask) {
        List<Ask.Turn> turns = ask.earlier();
        List<ChatMessage> messages = new ArrayList<>();
        for (Ask.Turn turn : turns.subList(Math.max(0, turns.size() - memory), turns.size())) {
            messages.add(UserMessage.from(turn.question().text()));
            messages.add(AiMessage.from(turn.answer().text()));
        }
        return messages;
    }

    /** Without texts. */
    @Override
    public String toString() {
        return "ModelSubjectWording[" + memory + " turns]";
    }
}
