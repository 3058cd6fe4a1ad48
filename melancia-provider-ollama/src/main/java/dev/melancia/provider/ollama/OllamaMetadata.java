package dev.melancia.provider.ollama;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.melancia.provider.ServerTimings;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** langchain4j's metadata with the durations it leaves out. Immutable. */
final class OllamaMetadata extends ChatResponseMetadata implements ServerTimings {

    private final Durations durations;

    private OllamaMetadata(Builder builder) {
        super(builder);
        this.durations = builder.durations;
    }

    /** The response with these durations; itself where the server said none. */
    static ChatResponse in(ChatResponse response, Durations durations) {
        if (durations.areUnknown()) {
            return response;
        }
        Builder builder = new Builder();
        ChatResponseMetadata metadata = response.metadata();
        builder.id(metadata.id())
                .modelName(metadata.modelName())
                .tokenUsage(metadata.tokenUsage())
                .finishReason(metadata.finishReason());
        return ChatResponse.builder()
                .aiMessage(response.aiMessage())
                .metadata(builder.durations(durations).build())
                .build();
    }

    @Override
    public OptionalLong loadNanos() {
        return known(durations.load());
    }

    @Override
    public OptionalLong promptNanos() {
        return known(durations.prompt());
    }

    @Override
    public OptionalLong answerNanos() {
        return known(durations.answer());
    }

    private static OptionalLong known(long nanos) {
        return nanos == Durations.NOT_SAID ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    @Override
    public Builder toBuilder() {
        Builder builder = new Builder();
        super.toBuilder(builder);
        return builder.durations(durations);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && other instanceof OllamaMetadata metadata && durations.equals(metadata.durations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), durations);
    }

    @Override
    public String toString() {
        return super.toString() + " " + durations;
    }

    /** Confined to one thread. */
    static final class Builder extends ChatResponseMetadata.Builder<Builder> {

        private Durations durations = Durations.UNKNOWN;

        Builder durations(Durations durations) {
            this.durations = requireNonNull(durations, "durations");
            return this;
        }

        @Override
        public OllamaMetadata build() {
            return new OllamaMetadata(this);
        }
    }
}
