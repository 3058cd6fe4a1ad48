package dev.melancia.experiment;

import dev.melancia.mlflow.event.RunEvent;
import dev.melancia.mlflow.tracking.SourceFacts;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tags that say where the runs of this process come from, found out once. Thread-safe. */
final class RunOrigin implements Supplier<Map<String, String>> {

    private static final Logger LOG = LoggerFactory.getLogger(RunOrigin.class);
    private static final String ANY_RUN = "0".repeat(32);

    private final AtomicReference<@Nullable Map<String, String>> known = new AtomicReference<>();

    @Override
    public Map<String, String> get() {
        Map<String, String> tags = known.get();
        if (tags == null) {
            tags = usable(SourceFacts.detect().tags());
            known.set(tags);
        }
        return tags;
    }

    /** A variable of the environment may hold anything; that must not stop a run. */
    static Map<String, String> usable(Map<String, String> found) {
        Map<String, String> tags = new TreeMap<>();
        found.forEach((key, value) -> {
            try {
                RunEvent.Tag tag = new RunEvent.Tag(ANY_RUN, Instant.EPOCH, key, value);
                tags.put(tag.key(), tag.value());
            } catch (IllegalArgumentException broken) {
                LOG.atWarn().setCause(broken).log("a tag of the environment cannot be used; it is left out");
            }
        });
        return tags;
    }
}
