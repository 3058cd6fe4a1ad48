package dev.melancia.examples.extractive;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the texts of a request. */
final class Conversation {

    private Conversation() {}

    /**
     * Text of the last user message.
     *
     * @throws InvalidRequestException when there is no user message
     * @throws UnsupportedFeatureException when it holds more than text
     */
    static String question(List<ChatMessage> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof UserMessage user) {
                requireText(user);
                return text(user);
            }
        }
        throw new InvalidRequestException(
                "the request must hold a user message, had " + messages.size() + " messages of other kinds");
    }

    /** Tokens of all messages: a model is given the whole conversation, whether it looks at it or not. */
    static int tokens(List<ChatMessage> messages) {
        return messages.stream()
                .mapToInt(message -> Tokens.count(text(message)))
                .sum();
    }

    private static void requireText(UserMessage user) {
        for (Content content : user.contents()) {
            if (!(content instanceof TextContent)) {
                throw new UnsupportedFeatureException(
                        "a user message must be text, had content of type " + content.type());
            }
        }
    }

    private static String text(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return user.contents().stream()
                    .filter(TextContent.class::isInstance)
                    .map(content -> ((TextContent) content).text())
                    .collect(Collectors.joining("\n"));
        }
        if (message instanceof SystemMessage system) {
            return system.text();
        }
        if (message instanceof AiMessage answer) {
            return answer.text() == null ? "" : answer.text();
        }
        return message instanceof ToolExecutionResultMessage result && result.text() != null ? result.text() : "";
    }
}
