package dev.melancia.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.melancia.cost.TokenCounts;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TokenReaderTest {

    private static final ModelSettings SETTINGS = ModelSettings.of(ModelId.of("fake/model"));
    private static final ChatResponse ANSWER = ChatResponse.builder()
            .aiMessage(AiMessage.from("yes"))
            .tokenUsage(new TokenUsage(7, 2))
            .build();

    @Test
    void aProviderCountsInputAndOutputUnlessItKnowsMore() {
        assertThat(ChatModelProviders.of(new FakeProvider())
                        .tokenReader(SETTINGS)
                        .apply(ANSWER))
                .isEqualTo(TokenCounts.of(7, 2));
        assertThat(reader(response -> TokenCounts.of(7, 2).withCachedInput(5)).apply(ANSWER))
                .isEqualTo(TokenCounts.of(7, 2).withCachedInput(5));
    }

    @Test
    void aProviderThatCannotCountDoesNotBreakACall() {
        Function<ChatResponse, TokenCounts> broken = reader(response -> {
            throw new IllegalStateException("no counts");
        });

        assertThat(broken.apply(ANSWER)).isEqualTo(TokenCounts.unknown());
        assertThat(broken.apply(ANSWER)).isEqualTo(TokenCounts.unknown());
        assertThat(reader(response -> null).apply(ANSWER)).isEqualTo(TokenCounts.unknown());
    }

    @Test
    void anUnknownProviderIsNamed() {
        assertThatThrownBy(() -> ChatModelProviders.of().tokenReader(SETTINGS))
                .isInstanceOf(UnknownProviderException.class)
                .hasMessageContaining("fake");
    }

    private static Function<ChatResponse, TokenCounts> reader(Function<ChatResponse, TokenCounts> counting) {
        return ChatModelProviders.of(new Counting(counting)).tokenReader(SETTINGS);
    }

    /** A provider of nothing but counts. */
    private record Counting(Function<ChatResponse, TokenCounts> counting) implements ChatModelProvider {

        @Override
        public String id() {
            return "fake";
        }

        @Override
        public Set<ModelCapability> capabilities() {
            return Set.of();
        }

        @Override
        public ChatModel chatModel(ModelSettings settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StreamingChatModel streamingChatModel(ModelSettings settings) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TokenCounts tokenCounts(ChatResponse response) {
            return counting.apply(response);
        }
    }
}
