package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.provider.FakeProvider;
import dev.melancia.provider.ModelId;
import dev.melancia.provider.ModelSettings;
import dev.melancia.routing.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a provider is told of a candidate that it builds, and the candidate of what it was told. */
class ProvidedModelTest {

    private static final ModelId MODEL = ModelId.of("fake/model");
    private static final ModelSettings PLAIN = ModelSettings.of(MODEL);
    private static final ModelSettings NARROW = PLAIN.withContextWindow(4_096);
    private static final Candidate UNKNOWN = Candidate.builder(MODEL).build();
    private static final Candidate WIDE =
            Candidate.builder(MODEL).contextWindow(8_192).build();

    private final List<OptionalInt> asked = new ArrayList<>();
    private final ChatModelProviders providers = ChatModelProviders.of(new FakeProvider() {
        @Override
        public ChatModel chatModel(ModelSettings settings) {
            asked.add(settings.contextWindow());
            return super.chatModel(settings);
        }

        @Override
        public StreamingChatModel streamingChatModel(ModelSettings settings) {
            asked.add(settings.contextWindow());
            return super.streamingChatModel(settings);
        }
    });

    @Test
    void aContextWindowThatOneSideSaysGoesForBoth() {
        assertThat(windowOf(WIDE, PLAIN)).hasValue(8_192);
        assertThat(asked).containsExactly(OptionalInt.of(8_192), OptionalInt.of(8_192));
        asked.clear();
        assertThat(windowOf(UNKNOWN, NARROW)).hasValue(4_096);
        assertThat(asked).containsExactly(OptionalInt.of(4_096), OptionalInt.of(4_096));
        asked.clear();
        assertThat(windowOf(UNKNOWN, PLAIN)).isEmpty();
        assertThat(asked).containsExactly(OptionalInt.empty(), OptionalInt.empty());
    }

    @Test
    void whereTheyDifferTheServerIsAskedForTheSettingsAndTheRouterGoesByTheCandidates() {
        assertThat(windowOf(WIDE, NARROW)).hasValue(8_192);
        assertThat(asked).containsExactly(OptionalInt.of(4_096), OptionalInt.of(4_096));
    }

    @Test
    void withoutSettingsTheCandidatesWindowGoesToTheServerToo() {
        try (ModelRouter router = ModelRouter.builder().model(WIDE, providers).build()) {
            assertThat(router.candidates().get(0).contextWindow()).hasValue(8_192);
            assertThat(asked).containsExactly(OptionalInt.of(8_192), OptionalInt.of(8_192));
        }
    }

    private OptionalInt windowOf(Candidate candidate, ModelSettings settings) {
        try (ModelRouter router =
                ModelRouter.builder().model(candidate, settings, providers).build()) {
            return router.candidates().get(0).contextWindow();
        }
    }
}
