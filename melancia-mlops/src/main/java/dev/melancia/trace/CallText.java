package dev.melancia.trace;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import org.jspecify.annotations.Nullable;

/**
 * What was asked and answered in one call.
 *
 * @param response null when there was none
 */
record CallText(ChatRequest request, @Nullable ChatResponse response) {}
