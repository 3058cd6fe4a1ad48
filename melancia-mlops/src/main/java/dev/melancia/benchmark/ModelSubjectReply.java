package dev.melancia.benchmark;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.melancia.MelanciaException;
import dev.melancia.cost.Cost;
import dev.melancia.cost.TokenCounts;
import dev.melancia.scorer.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What came of one call to a model or a router. Immutable.
 *
 * @param response the response
 * @param tokens tokens of the call
 * @param cost what it cost
 * @param model who answered; null when not reported
 * @param times how long parts of it took
 */
record ModelSubjectReply(
        ChatResponse response,
        TokenCounts tokens,
        Cost cost,
        @Nullable String model,
        Times times) {

    static final long NOT_MEASURED = -1;

    /**
     * Parts of a call in nanoseconds.
     *
     * @param firstToken from the call to the first text, loading included, or {@link #NOT_MEASURED}
     * @param load the server's time to load the model, or {@link #NOT_MEASURED}
     */
    record Times(long firstToken, long load) {}

    /**
     * The answer.
     *
     * @param subject who asked, for the message of an error
     * @param beforeNanos what the subject had done before the call, such as retrieving
     * @throws MelanciaException when the response has no text
     */
    Answer.Builder answer(String subject, long beforeNanos) {
        String text = response.aiMessage().text();
        if (text == null) {
            throw new MelanciaException("a benchmark needs a text, " + subject + " returned none (finish reason "
                    + response.finishReason() + "); give the subject no tools, or wrap the chain that runs them");
        }
        Answer.Builder answer = Answer.builder(text)
                .tokens(tokens)
                .cost(cost)
                .finish(finish(response.finishReason()))
                .model(model);
        if (times.load != NOT_MEASURED) {
            answer.loadNanos(times.load);
        }
        if (times.firstToken != NOT_MEASURED) {
            answer.firstTokenNanos(beforeNanos + Math.max(0, times.firstToken - Math.max(0, times.load)));
        }
        return answer;
    }

    private static Answer.Finish finish(@Nullable FinishReason reason) {
        if (reason == null) {
            return Answer.Finish.UNKNOWN;
        }
        return switch (reason) {
            case STOP -> Answer.Finish.COMPLETE;
            case LENGTH -> Answer.Finish.CUT_OFF;
            case CONTENT_FILTER -> Answer.Finish.FILTERED;
            default -> Answer.Finish.OTHER;
        };
    }
}
