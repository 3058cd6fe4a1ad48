package dev.melancia.examples.guide;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.melancia.provider.ChatModelProvider;
import dev.melancia.provider.ModelCapability;
import dev.melancia.provider.ModelSettings;
import dev.melancia.testkit.ScriptedChatModel;
import dev.melancia.testkit.ScriptedStreamingChatModel;
import java.util.EnumSet;
import java.util.Set;

/** A provider whose models say their own name. */
record FakeProvider(String id) implements ChatModelProvider {

    @Override
    public Set<ModelCapability> capabilities() {
        return EnumSet.allOf(ModelCapability.class);
    }

    @Override
    public ChatModel chatModel(ModelSettings settings) {
        return ScriptedChatModel.answering(settings.model().toString());
    }

    @Override
    public StreamingChatModel streamingChatModel(ModelSettings settings) {
        return ScriptedStreamingChatModel.answering(settings.model().toString());
    }
}
