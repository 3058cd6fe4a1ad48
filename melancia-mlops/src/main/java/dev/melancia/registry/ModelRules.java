package dev.melancia.registry;

import dev.melancia.mlflow.registry.RegistryRules;
import java.util.Map;

/** What both stores refuse alike. */
final class ModelRules {

    static final String OURS = "melancia.";

    private static final int MAX_TAG = 5_000;
    private static final int MAX_KEYS = 1_000;

    private ModelRules() {}

    /** The keys in one text, for the history. */
    static String tags(Map<String, String> tags) {
        if (tags.isEmpty()) {
            throw new IllegalArgumentException("tags must not be empty");
        }
        tags.forEach((key, value) -> {
            RegistryRules.tag(key, value, MAX_TAG);
            if (key.startsWith(OURS)) {
                throw new IllegalArgumentException(
                        "tag key must not begin with \"" + OURS + "\", was \"" + key + "\"; choose another");
            }
        });
        return ChangeNote.line("keys of the tags, together,", String.join(", ", tags.keySet()), MAX_KEYS);
    }
}
