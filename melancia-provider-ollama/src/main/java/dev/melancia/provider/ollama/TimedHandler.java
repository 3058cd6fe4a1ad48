package dev.melancia.provider.ollama;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/** Hands everything on, the response with the call's durations. */
final class TimedHandler implements StreamingChatResponseHandler {

    private final StreamingChatResponseHandler handler;
    private final OneCall call;

    TimedHandler(StreamingChatResponseHandler handler, OneCall call) {
        this.handler = handler;
        this.call = call;
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        handler.onCompleteResponse(call.timed(response));
    }

    @Override
    public void onPartialResponse(String text) {
        handler.onPartialResponse(text);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        handler.onPartialResponse(piece, context);
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
        handler.onPartialThinking(piece);
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        handler.onPartialThinking(piece, context);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece) {
        handler.onPartialToolCall(piece);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        handler.onPartialToolCall(piece, context);
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall toolCall) {
        handler.onCompleteToolCall(toolCall);
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        handler.onUnmappedRawEvent(event);
    }

    @Override
    public void onError(Throwable error) {
        handler.onError(error);
    }
}
