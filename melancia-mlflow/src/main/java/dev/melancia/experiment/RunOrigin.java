package dev.melancia.experiment;

import dev.melancia.mlflow.tracking.SourceFacts;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tags that say where the runs of this process come from, found out once. Thread-safe. */
final class RunOrigin implements Supplier<Map<String, String>> {

    private final AtomicReference<@Nullable Map<String, String>> known = new AtomicReference<>();

    @Override
    public Map<String, String> get() {
        Map<String, String> tags = known.get();
        if (tags == null) {
            tags = SourceFacts.detect().tags();
            known.set(tags);
        }
        return tags;
    }
}
