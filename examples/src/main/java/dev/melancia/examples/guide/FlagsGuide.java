package dev.melancia.examples.guide;

import dev.melancia.flags.FeatureFlags;
import dev.melancia.flags.FlagContext;
import dev.melancia.flags.FlagEvaluation;
import dev.melancia.flags.FlagReload;
import java.nio.file.Path;

/** The feature flags guide's code. */
final class FlagsGuide {

    private FlagsGuide() {}

    static FeatureFlags flags(Path file) {
        // region flags
        FeatureFlags flags = FeatureFlags.builder()
                .declare("answer_tone", "neutro") // a flag of your own and its default
                .file(file) // flagd's format; may be left out
                .build();
        // endregion
        return flags;
    }

    static FlagEvaluation<Boolean> evaluate(FeatureFlags flags) {
        // region evaluate
        FlagContext ana = FlagContext.of("ana").with("tier", "premium");
        String tone = flags.evaluateString("answer_tone", "neutro", ana).value();
        FlagEvaluation<Boolean> local = flags.evaluateShare(FeatureFlags.OLLAMA_PERCENTAGE, false, ana);
        // endregion
        if (tone.isEmpty()) {
            throw new IllegalStateException("a flag is never empty here");
        }
        return local;
    }

    static FlagReload change(FeatureFlags flags) {
        // region change
        flags.set(FeatureFlags.USE_OLLAMA, false); // over all other sources, at once
        flags.clear(FeatureFlags.USE_OLLAMA); // back to them
        FlagReload reload = flags.reload(); // file and environment again: all of it, or nothing and the reason
        // endregion
        return reload;
    }
}
