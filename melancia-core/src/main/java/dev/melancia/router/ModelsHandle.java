package dev.melancia.router;

import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.melancia.provider.ModelId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model's own end of a stream, known once a piece brought it. Thread-safe. */
final class ModelsHandle {

    private static final Logger LOG = LoggerFactory.getLogger(ModelsHandle.class);

    private final ModelId model;
    private volatile @Nullable StreamingHandle handle;

    ModelsHandle(ModelId model) {
        this.model = model;
    }

    void is(StreamingHandle known) {
        handle = known;
    }

    /** Has the model end, if it can be told to. */
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
