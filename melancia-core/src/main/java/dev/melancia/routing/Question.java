package dev.melancia.routing;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.melancia.call.CallContext;
import java.util.List;

/**
 * Finds the user's own words in a call: what the context says they were, since retrieval augments the message that a
 * model sees, else the last user message that has text. Stateless.
 *
 * @since 0.1.0
 */
public final class Question {

    private Question() {}

    /** The user's question; empty text when there is none. */
    public static String of(ChatRequest request, CallContext context) {
        String said = context.question().orElse(null);
        return said != null ? said : lastUserText(request.messages());
    }

    private static String lastUserText(List<ChatMessage> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof UserMessage message) {
                String text = text(message.contents());
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    private static String text(List<Content> contents) {
        if (contents.size() == 1) {
            return contents.get(0) instanceof TextContent only ? only.text() : "";
        }
        StringBuilder text = new StringBuilder();
        for (Content content : contents) {
            if (content instanceof TextContent part) {
                text.append(text.isEmpty() ? "" : "\n").append(part.text());
            }
        }
        return text.toString();
    }
}
