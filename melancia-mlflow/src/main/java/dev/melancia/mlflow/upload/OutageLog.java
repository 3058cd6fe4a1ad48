package dev.melancia.mlflow.upload;

import dev.melancia.mlflow.rest.MlflowException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once per cause and outage that nothing can be delivered, and once that it can be again; the same cause at most every
 * ten minutes, when a server comes and goes. Confined to one thread.
 */
final class OutageLog {

    static final Duration QUIET = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(MlflowUploader.class);
    private static final int CAUSES = 100;

    private final URI server;
    private final UploadCounters counters;
    private final InstantSource clock;
    private final BoundedMap<Instant> told = new BoundedMap<>(CAUSES);
    private final Set<String> now = new HashSet<>();

    OutageLog(URI server, UploadCounters counters, InstantSource clock) {
        this.server = server;
        this.counters = counters;
        this.clock = clock;
    }

    void failed(RuntimeException failure) {
        counters.failedAttempts.incrementAndGet();
        String why = why(failure);
        counters.problem = why;
        if (news(why.replaceAll("within \\d+ ms", "in time"))) {
            LOG.atWarn()
                    .addKeyValue("server", server)
                    .addKeyValue("cause", why)
                    .log("MLflow cannot be reached or refuses; everything stays in the journal and is delivered later");
        }
    }

    private boolean news(String cause) {
        Instant before = told.get(cause);
        Instant at = clock.instant();
        boolean recent = before != null && at.isBefore(before.plus(QUIET));
        if (now.size() == CAUSES || recent || !now.add(cause)) {
            return false;
        }
        told.put(cause, at);
        return true;
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
        counters.problem = null;
        counters.lastSuccess = clock.instant();
        if (!now.isEmpty()) {
            now.clear();
            LOG.atInfo()
                    .addKeyValue("server", server)
                    .addKeyValue("failedAttempts", counters.failedAttempts.get())
                    .log("MLflow accepts again");
        }
    }
}
