package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.rest.MlflowException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once per cause that nothing can be delivered, and once that it can be again. Confined to one thread. */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(MlflowUploader.class);

    private final URI server;
    private final UploadCounters counters;
    private final Set<String> told = new HashSet<>();

    OutageLog(URI server, UploadCounters counters) {
        this.server = server;
        this.counters = counters;
    }

    void failed(RuntimeException failure) {
        counters.failedAttempts.incrementAndGet();
        String why = why(failure);
        counters.problem = why;
        if (told.add(why)) {
            LOG.atWarn()
                    .addKeyValue("server", server)
                    .addKeyValue("cause", why)
                    .log("MLflow cannot be reached or refuses; everything stays in the journal and is delivered later");
        }
    }

    /** The words of our own errors only: those of others may repeat what they were given, such as a token. */
    private static String why(RuntimeException failure) {
        if (failure instanceof MlflowException) {
            return String.valueOf(failure.getMessage());
        }
        String name = failure.getClass().getSimpleName();
        return failure instanceof UncheckedIOException ? name + ": " + failure.getMessage() : name;
    }

    void succeeded() {
        if (!told.isEmpty()) {
            told.clear();
            counters.problem = null;
            LOG.atInfo()
                    .addKeyValue("server", server)
                    .addKeyValue("failedAttempts", counters.failedAttempts.get())
                    .log("MLflow accepts again");
        }
    }
}
