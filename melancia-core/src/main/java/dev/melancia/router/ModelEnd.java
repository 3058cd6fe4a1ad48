package dev.melancia.router;

import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.melancia.provider.ModelId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model's end of a stream, which can be stopped once a piece brought its handle. Thread-safe. */
final class ModelEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ModelEnd.class);

    private final ModelId model;
    private volatile @Nullable StreamingHandle handle;

    ModelEnd(ModelId model) {
        this.model = model;
    }

    void known(@Nullable StreamingHandle given) {
        if (given != null) {
            handle = given;
        }
    }

    /** Cancels the stream, if that is possible yet. */
    void stop() {
        StreamingHandle known = handle;
        try {
            if (known != null && !known.isCancelled()) {
                known.cancel();
            }
        } catch (RuntimeException e) {
            LOG.atDebug()
                    .addKeyValue("model", model)
                    .addKeyValue("error", e.getClass().getName())
                    .log("A stream cannot be cancelled; it is left to itself");
        }
    }
}
