package dev.melancia.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Texts of a call in OpenAI's form, which MLflow's page of a trace shows as a chat. Of what is too long the last messages stay,
 * since they hold the question. Confined to one thread.
 */
final class ChatJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private int left;

    private ChatJson(int characters) {
        this.left = characters;
    }

    /** The messages as {@code {"messages": […]}}. */
    static String question(List<ChatMessage> messages, int characters) {
        ChatJson writer = new ChatJson(characters);
        Deque<ObjectNode> kept = new ArrayDeque<>();
        int next = messages.size() - 1;
        while (next >= 0 && writer.left > 0) {
            kept.addFirst(writer.message(messages.get(next)));
            next--;
        }
        ArrayNode all = JSON.arrayNode();
        if (next >= 0) {
            all.add(message("system", "[" + (next + 1) + " earlier messages are left out]"));
        }
        kept.forEach(all::add);
        ObjectNode question = JSON.objectNode();
        question.set("messages", all);
        return question.toString();
    }

    /** The answer as {@code {"choices": […]}}. */
    static String answer(AiMessage answer, int characters) {
        ObjectNode choice = JSON.objectNode();
        choice.set("message", new ChatJson(characters).assistant(answer));
        ObjectNode response = JSON.objectNode();
        response.putArray("choices").add(choice);
        return response.toString();
    }

    /** The words of the last message, for lists of traces. */
    static String plain(ChatMessage message, int characters) {
        return new ChatJson(characters).cut(words(message));
    }

    private ObjectNode message(ChatMessage message) {
        if (message instanceof AiMessage answer) {
            return assistant(answer);
        }
        ObjectNode json = message(role(message), cut(words(message)));
        if (message instanceof ToolExecutionResultMessage result && result.id() != null) {
            json.put("tool_call_id", cut(result.id()));
        }
        return json;
    }

    private ObjectNode assistant(AiMessage answer) {
        ObjectNode json = message("assistant", cut(words(answer)));
        if (answer.hasToolExecutionRequests()) {
            ArrayNode calls = json.putArray("tool_calls");
            answer.toolExecutionRequests().forEach(request -> calls.add(tool(request)));
        }
        return json;
    }

    private ObjectNode tool(ToolExecutionRequest request) {
        ObjectNode call = JSON.objectNode();
        call.put("id", cut(text(request.id()))).put("type", "function");
        call.putObject("function")
                .put("name", cut(text(request.name())))
                .put("arguments", cut(text(request.arguments())));
        return call;
    }

    private static ObjectNode message(String role, String content) {
        return JSON.objectNode().put("role", role).put("content", content);
    }

    private static String role(ChatMessage message) {
        return switch (message.type()) {
            case SYSTEM -> "system";
            case TOOL_EXECUTION_RESULT -> "tool";
            case AI -> "assistant";
            default -> "user";
        };
    }

    private static String words(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return words(user.contents());
        } else if (message instanceof AiMessage answer) {
            return text(answer.text());
        } else if (message instanceof SystemMessage system) {
            return system.text();
        } else if (message instanceof ToolExecutionResultMessage result) {
            return words(result.contents());
        }
        return "";
    }

    /** Pictures and sounds are told of, not kept. */
    private static String words(List<Content> contents) {
        StringBuilder words = new StringBuilder();
        for (Content content : contents) {
            words.append(words.isEmpty() ? "" : "\n");
            if (content instanceof TextContent text) {
                words.append(text.text());
            } else {
                words.append('[')
                        .append(content.type().name().toLowerCase(Locale.ROOT))
                        .append(']');
            }
        }
        return words.toString();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private String cut(String text) {
        int room = Math.max(0, left);
        left -= text.length();
        return text.length() <= room ? text : LongText.cut(text, room);
    }
}
