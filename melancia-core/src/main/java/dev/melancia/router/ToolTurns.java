package dev.melancia.router;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ModelId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Remembers which call asked for which tool, so that the turn with the tool's result keeps its context and model: by then
 * the host's request scope may be gone. Bounded and expiring. Thread-safe.
 *
 * <p>Some servers repeat their tool-call ids ({@code call_0} in every answer), so such an id may belong to several
 * conversations, known here or not. Only the one whose messages lead to this turn counts, and none if that is not one and
 * the same: no user is ever taken for another. An id that looks random stands for itself. One that is long, yet not long
 * enough for that, needs only the messages since the user's question: a full memory drops the oldest before the result comes.
 */
final class ToolTurns {

    private static final int MAX_IDS = 10_000;
    private static final int MAX_TURNS_PER_ID = 64;
    private static final int RANDOM_FROM_CHARACTERS = 20;
    private static final int RANDOM_FROM_DIGITS = 2;
    private static final int RARE_FROM_CHARACTERS = 8;
    private static final Duration EXPIRY = Duration.ofHours(1);

    private final Cache<String, List<Turn>> byToolCallId =
            Caffeine.newBuilder().maximumSize(MAX_IDS).expireAfterWrite(EXPIRY).build();

    /** The model asks for tools: their results go back to it. */
    void asked(List<ChatMessage> messages, ChatResponse response, Turn turn) {
        if (response.aiMessage() == null || !response.aiMessage().hasToolExecutionRequests()) {
            return;
        }
        Turn led = turn.ledToBy(messages);
        for (ToolExecutionRequest request : response.aiMessage().toolExecutionRequests()) {
            if (request.id() != null) {
                byToolCallId.asMap().merge(request.id(), List.of(led), ToolTurns::appended);
            }
        }
    }

    /** The call that asked for the tool whose result these messages end in. */
    Optional<Turn> of(List<ChatMessage> messages) {
        ChatMessage last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
        String id = last instanceof ToolExecutionResultMessage result ? result.id() : null;
        if (id == null) {
            return Optional.empty();
        }
        List<Turn> turns = byToolCallId.getIfPresent(id);
        return turns == null ? Optional.empty() : choose(turns, messages, id);
    }

    private static Optional<Turn> choose(List<Turn> turns, List<ChatMessage> messages, String id) {
        if (turns.size() == 1 && looksRandom(id)) {
            return Optional.of(turns.get(0));
        }
        List<ChatMessage> before = messagesBeforeTheTool(messages);
        Optional<Turn> led = onlyCaller(turns, turn -> turn.messagesHash == before.hashCode());
        return led.isPresent() || !isRare(id)
                ? led
                : onlyCaller(
                        turns,
                        turn -> turn.questionHash == sinceTheQuestion(before).hashCode());
    }

    private static Optional<Turn> onlyCaller(List<Turn> turns, Predicate<Turn> led) {
        List<Turn> found = turns.stream().filter(led).toList();
        boolean oneCaller = found.stream().map(Turn::caller).distinct().count() == 1;
        return oneCaller ? Optional.of(found.get(found.size() - 1)) : Optional.empty();
    }

    /** Whether hardly any two answers share this id: not so for a counter. */
    private static boolean isRare(String id) {
        return id.length() - prefix(id) >= RARE_FROM_CHARACTERS
                && id.chars().skip(prefix(id)).anyMatch(Character::isLetter);
    }

    private static int prefix(String id) {
        return Math.max(id.lastIndexOf('_'), Math.max(id.lastIndexOf(':'), id.lastIndexOf('.'))) + 1;
    }

    /** Whether no two answers share this id: not so for a counter, nor for a tool's name with one. */
    private static boolean looksRandom(String id) {
        int prefix = prefix(id);
        return id.length() - prefix >= RANDOM_FROM_CHARACTERS
                && id.chars().skip(prefix).filter(c -> c >= '0' && c <= '9').count() >= RANDOM_FROM_DIGITS;
    }

    private static List<ChatMessage> messagesBeforeTheTool(List<ChatMessage> messages) {
        int end = messages.size() - 1;
        while (end > 0 && !(messages.get(end) instanceof AiMessage)) {
            end--;
        }
        return messages.subList(0, end);
    }

    private static List<ChatMessage> sinceTheQuestion(List<ChatMessage> messages) {
        int start = messages.size();
        while (start > 0 && !(messages.get(start - 1) instanceof UserMessage)) {
            start--;
        }
        return messages.subList(Math.max(0, start - 1), messages.size());
    }

    private static List<Turn> appended(List<Turn> turns, List<Turn> more) {
        return Stream.concat(turns.stream().skip(turns.size() >= MAX_TURNS_PER_ID ? 1 : 0), more.stream())
                .toList();
    }

    /**
     * A call that asked for a tool.
     *
     * @param messagesHash of the messages it was asked with
     * @param questionHash of those since the user's last question
     */
    record Turn(CallContext context, ModelId model, int messagesHash, int questionHash) {

        Turn(CallContext context, ModelId model) {
            this(context, model, 0, 0);
        }

        private List<Object> caller() {
            return List.of(
                    context.userId(),
                    context.tenant(),
                    context.tier(),
                    context.conversationId(),
                    context.tags(),
                    context.promptVersion(),
                    context.forcedModel());
        }

        private Turn ledToBy(List<ChatMessage> messages) {
            return new Turn(
                    context,
                    model,
                    messages.hashCode(),
                    sinceTheQuestion(messages).hashCode());
        }
    }
}
