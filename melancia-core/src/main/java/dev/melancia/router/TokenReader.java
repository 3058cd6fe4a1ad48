package dev.melancia.router;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.cost.TokenCounts;

/** Reads the token counts of an answer, as its provider tells them. */
@FunctionalInterface
interface TokenReader {

    TokenCounts read(ChatResponse response);
}
