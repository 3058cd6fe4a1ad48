package dev.melancia.trace;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.melancia.call.CallRecord;

/** Hands the texts of a call over, with the record that the router joined to them. Thread-safe. */
final class CallTextListener implements ChatModelListener {

    private final CallTracing tracing;

    CallTextListener(CallTracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        CallRecord.from(context.attributes())
                .ifPresent(call -> tracing.told(call, new CallText(context.chatRequest(), context.chatResponse())));
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        CallRecord.from(context.attributes())
                .ifPresent(call -> tracing.told(call, new CallText(context.chatRequest(), null)));
    }
}
