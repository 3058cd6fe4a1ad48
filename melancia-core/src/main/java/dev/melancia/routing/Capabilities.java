package dev.melancia.routing;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.melancia.provider.ModelCapability;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Capabilities as bits, and those a request needs. */
final class Capabilities {

    private Capabilities() {}

    static int mask(Set<ModelCapability> capabilities) {
        int mask = 0;
        for (ModelCapability capability : capabilities) {
            mask |= bit(capability);
        }
        return mask;
    }

    static String names(int mask) {
        return String.join(
                ", ",
                Stream.of(ModelCapability.values())
                        .filter(capability -> (mask & bit(capability)) != 0)
                        .map(Enum::name)
                        .sorted()
                        .toList());
    }

    static int neededBy(ChatRequest request, boolean streaming) {
        int mask = streaming ? bit(ModelCapability.STREAMING) : 0;
        if (!isEmpty(request.toolSpecifications())) {
            mask |= bit(ModelCapability.TOOLS);
        }
        ResponseFormat format = request.responseFormat();
        if (format != null && format.jsonSchema() != null) {
            mask |= bit(ModelCapability.JSON_SCHEMA);
        }
        return hasImage(request.messages()) ? mask | bit(ModelCapability.IMAGES) : mask;
    }

    private static boolean hasImage(List<ChatMessage> messages) {
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof UserMessage message && hasImage(message)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasImage(UserMessage message) {
        var contents = message.contents();
        for (int i = 0; i < contents.size(); i++) {
            if (contents.get(i).type() == ContentType.IMAGE) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmpty(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }

    @SuppressWarnings("EnumOrdinal") // bits of one process: never stored, never sent
    static int bit(ModelCapability capability) {
        return switch (capability) {
            case STREAMING -> 1;
            case TOOLS -> 1 << 1;
            case JSON_SCHEMA -> 1 << 2;
            case IMAGES -> 1 << 3;
        };
    }
}
