package dev.melancia.benchmark;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.provider.ServerTimings;
import java.util.OptionalLong;

/** Metadata of a server that says how long it took to load a model. */
final class Loaded extends ChatResponseMetadata implements ServerTimings {

    private final OptionalLong nanos;

    Loaded(OptionalLong nanos) {
        super(ChatResponseMetadata.builder().tokenUsage(new TokenUsage(10, 5)).finishReason(FinishReason.STOP));
        this.nanos = nanos;
    }

    @Override
    public OptionalLong loadNanos() {
        return nanos;
    }
}
