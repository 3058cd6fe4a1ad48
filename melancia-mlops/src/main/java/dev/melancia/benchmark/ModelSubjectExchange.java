package dev.melancia.benchmark;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.melancia.provider.ServerTimings;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** One request to a model, until all of its answer is there. Implementations are thread-safe. */
interface ModelSubjectExchange {

    /** A response, and when its first text came: {@link ModelSubjectReply#NOT_MEASURED} of an answer in one piece. */
    record Timed(ChatResponse response, long firstTokenNanos) {

        /** With the server's time to load the model, where its response says so. */
        ModelSubjectReply.Times times() {
            OptionalLong load =
                    ServerTimings.of(response).map(ServerTimings::loadNanos).orElse(OptionalLong.empty());
            return new ModelSubjectReply.Times(firstTokenNanos, load.orElse(ModelSubjectReply.NOT_MEASURED));
        }
    }

    Timed ask(ChatRequest request) throws Exception;

    static ModelSubjectExchange of(ChatModel model) {
        return request -> new Timed(model.chat(request), ModelSubjectReply.NOT_MEASURED);
    }

    static ModelSubjectExchange of(StreamingChatModel model, Duration limit, LongSupplier nanoTicker) {
        return request -> {
            ModelSubjectStream stream = new ModelSubjectStream(nanoTicker);
            model.chat(request, stream);
            return stream.await(limit);
        };
    }
}
