package dev.melancia.examples.extractive;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.provider.ModelSettings;
import java.util.List;

/**
 * Turns a request into a response; both views, blocking and streaming, stand on it. What a request asks for and this
 * provider does not have is refused rather than ignored; sampling parameters have nothing to act on. Thread-safe.
 */
final class Responder {

    private final Answers answers;
    private final ChatRequestParameters defaults;
    private final List<ChatModelListener> listeners;

    Responder(Answers answers, AnswerStyle style, ModelSettings settings) {
        this.answers = answers;
        this.listeners = settings.listeners();
        this.defaults = ChatRequestParameters.builder()
                .modelName(style.model())
                .maxOutputTokens(
                        settings.maxOutputTokens().isPresent()
                                ? settings.maxOutputTokens().getAsInt()
                                : null)
                .build();
    }

    ChatRequestParameters defaults() {
        return defaults;
    }

    List<ChatModelListener> listeners() {
        return listeners;
    }

    ChatResponse respond(ChatRequest request) {
        ChatRequestParameters parameters = defaults.overrideWith(request.parameters());
        requireSupported(parameters);
        int limit = limit(parameters);
        AnswerStyle style = style(parameters.modelName());
        List<String> tokens = Tokens.split(answers.answer(style, Conversation.question(request.messages())));
        int kept = Math.min(limit, tokens.size());
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(String.join("", tokens.subList(0, kept))))
                .modelName(style.model())
                .tokenUsage(new TokenUsage(Conversation.tokens(request.messages()), kept))
                .finishReason(kept < tokens.size() ? FinishReason.LENGTH : FinishReason.STOP)
                .build();
    }

    private static AnswerStyle style(String modelName) {
        return AnswerStyle.ofModel(modelName)
                .orElseThrow(() -> new ModelNotFoundException(
                        "model must be one of " + AnswerStyle.models() + ", was \"" + modelName + "\""));
    }

    private static int limit(ChatRequestParameters parameters) {
        Integer asked = parameters.maxOutputTokens();
        if (asked == null) {
            return Integer.MAX_VALUE;
        }
        if (asked < 1) {
            throw new InvalidRequestException("maxOutputTokens must be at least 1, was " + asked);
        }
        return asked;
    }

    private static void requireSupported(ChatRequestParameters parameters) {
        if (!parameters.toolSpecifications().isEmpty()) {
            throw new UnsupportedFeatureException("tools must not be given, "
                    + parameters.toolSpecifications().size() + " were; an extractive model only quotes");
        }
        if (!parameters.stopSequences().isEmpty()) {
            throw new UnsupportedFeatureException("stop sequences must not be given, "
                    + parameters.stopSequences().size() + " were; set maxOutputTokens to get shorter answers");
        }
        if (parameters.responseFormat() != null && parameters.responseFormat().type() == ResponseFormatType.JSON) {
            throw new UnsupportedFeatureException("response format must be TEXT, was JSON");
        }
    }
}
