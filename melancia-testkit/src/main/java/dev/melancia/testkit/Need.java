package dev.melancia.testkit;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.melancia.provider.ModelCapability;
import java.util.EnumSet;
import java.util.Set;

/** A request that not every model can take. */
enum Need {
    A_TOOL(ModelCapability.TOOLS) {
        @Override
        ChatRequest request() {
            return plain().toolSpecifications(
                            ToolSpecification.builder().name("stock").build())
                    .build();
        }
    },
    A_SCHEMA(ModelCapability.JSON_SCHEMA) {
        @Override
        ChatRequest request() {
            JsonSchema schema = JsonSchema.builder()
                    .name("Price")
                    .rootElement(JsonObjectSchema.builder()
                            .addNumberProperty("price")
                            .build())
                    .build();
            return plain().responseFormat(ResponseFormat.builder()
                            .type(ResponseFormatType.JSON)
                            .jsonSchema(schema)
                            .build())
                    .build();
        }
    },
    AN_IMAGE(ModelCapability.IMAGES) {
        @Override
        ChatRequest request() {
            UserMessage message =
                    UserMessage.from(TextContent.from(RoutedFixture.QUESTION), ImageContent.from("AAAA", "image/png"));
            return ChatRequest.builder().messages(message).build();
        }
    };

    private final ModelCapability capability;

    Need(ModelCapability capability) {
        this.capability = capability;
    }

    abstract ChatRequest request();

    ModelCapability capability() {
        return capability;
    }

    Set<ModelCapability> everythingElse() {
        return EnumSet.complementOf(EnumSet.of(capability));
    }

    private static ChatRequest.Builder plain() {
        return ChatRequest.builder().messages(UserMessage.from(RoutedFixture.QUESTION));
    }
}
