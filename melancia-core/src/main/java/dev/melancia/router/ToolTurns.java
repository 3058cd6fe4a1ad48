package dev.melancia.router;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ModelId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which call asked for which tool, so that the turn with the tool's result keeps its context and model: by then
 * the host's request scope may be gone. Bounded and expiring. Thread-safe.
 */
final class ToolTurns {

    private static final int MAX_OPEN = 10_000;
    private static final Duration EXPIRY = Duration.ofHours(1);

    private final Cache<String, Turn> byToolCallId =
            Caffeine.newBuilder().maximumSize(MAX_OPEN).expireAfterWrite(EXPIRY).build();

    /** The model asks for tools: their results go back to it. */
    void asked(ChatResponse response, CallContext context, ModelId model) {
        if (response.aiMessage() == null || !response.aiMessage().hasToolExecutionRequests()) {
            return;
        }
        for (ToolExecutionRequest request : response.aiMessage().toolExecutionRequests()) {
            if (request.id() != null) {
                byToolCallId.put(request.id(), new Turn(context, model));
            }
        }
    }

    /** The call that asked for the tool whose result these messages end in. */
    Optional<Turn> of(List<ChatMessage> messages) {
        ChatMessage last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
        String id = last instanceof ToolExecutionResultMessage result ? result.id() : null;
        return Optional.ofNullable(id == null ? null : find(id));
    }

    private @Nullable Turn find(String toolCallId) {
        return byToolCallId.getIfPresent(toolCallId);
    }

    record Turn(CallContext context, ModelId model) {}
}
