package dev.melancia.provider;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Set;

/** A provider that works; the subclasses are what a service file can name. */
public class FakeProvider implements ChatModelProvider {

    private final String id;

    public FakeProvider() {
        this("fake");
    }

    FakeProvider(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<ModelCapability> capabilities() {
        return Set.of(ModelCapability.STREAMING);
    }

    @Override
    public ChatModel chatModel(ModelSettings settings) {
        return new ChatModel() {};
    }

    @Override
    public StreamingChatModel streamingChatModel(ModelSettings settings) {
        return new StreamingChatModel() {
            @Override
            public void chat(String question, StreamingChatResponseHandler handler) {
                handler.onError(new UnsupportedOperationException());
            }
        };
    }

    /** Another class with the same id. */
    public static final class Twin extends FakeProvider {
        public Twin() {}
    }

    /** Throws when it is made. */
    public static final class Throwing extends FakeProvider {
        public Throwing() {
            throw new IllegalStateException("no licence file");
        }
    }

    /** Has an id that no model can name. */
    public static final class Misnamed extends FakeProvider {
        public Misnamed() {
            super("Not An Id");
        }
    }
}
