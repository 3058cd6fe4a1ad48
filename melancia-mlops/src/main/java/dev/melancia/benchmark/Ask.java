package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.util.List;

/**
 * One question as it is put to a subject: with what was said before in the same conversation. Everything a subject needs
 * is in it, so a subject keeps no memory of its own and a run can be resumed in the middle of a conversation. Immutable.
 *
 * @param question the question
 * @param earlier what was asked and answered before in this conversation, oldest first; turns that failed are left out;
 *     empty outside a conversation
 * @param repeat which repeat of the question this is, from 0
 * @since 0.1.0
 */
public record Ask(Question question, List<Turn> earlier, int repeat) {

    public Ask {
        requireNonNull(question, "question");
        earlier = List.copyOf(earlier);
        if (repeat < 0) {
            throw new IllegalArgumentException("repeat must be at least 0, was " + repeat);
        }
    }

    /** A question alone, asked for the first time. */
    public static Ask of(Question question) {
        return new Ask(question, List.of(), 0);
    }

    /** Names the conversation for a chain that keys its memory: the same for all turns of one repeat, else unique. */
    public String memoryId() {
        return question.conversation().orElse(question.id()) + "#" + repeat;
    }

    /** Without texts. */
    @Override
    public String toString() {
        return "Ask[" + question.id() + ", " + earlier.size() + " earlier turns, repeat " + repeat + "]";
    }

    /**
     * One turn of a conversation.
     *
     * @param question what was asked
     * @param answer what the subject answered
     */
    public record Turn(Question question, Answer answer) {

        public Turn {
            requireNonNull(question, "question");
            requireNonNull(answer, "answer");
        }
    }
}
