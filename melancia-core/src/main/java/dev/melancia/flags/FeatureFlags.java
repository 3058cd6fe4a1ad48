package dev.melancia.flags;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches and shares that change while the application runs. Four sources answer, the strongest first: values
 * {@linkplain #set(String, boolean) set in Java}, environment variables, a file in flagd's JSON format, and the defaults
 * that flags are declared with. Not a store of settings: what never changes at run time belongs into configuration.
 *
 * <p>Known from the start are {@link #USE_OLLAMA}, {@link #ENABLE_CACHING}, {@link #A_B_TEST_ACTIVE} and
 * {@link #ENABLE_MONITORING} (all true) and {@link #OLLAMA_PERCENTAGE} (0.8). A flag whose key ends in
 * {@code _percentage} is a share in [0, 1], in every source.
 *
 * <p>Evaluating never throws: what cannot be evaluated has the caller's default, the reason {@code ERROR} and a code.
 * Configuring fails fast. Environment variables are named {@code MELANCIA_FLAG_} and the key in upper case, with an
 * underscore for everything but letters and digits: {@code MELANCIA_FLAG_USE_OLLAMA=false}; they are read at the start and
 * on {@link #reload()}. Of flagd's targeting language the file may use {@code if}, {@code fractional}, {@code ==},
 * {@code in}, {@code var} and {@code cat}; anything else is refused by name.
 *
 * <p>Thread-safe; evaluation takes no lock and reads one immutable snapshot.
 *
 * @see <a href="https://flagd.dev/reference/flag-definitions/">flagd, flag definitions</a>
 * @since 0.1.0
 */
public final class FeatureFlags {

    /** Whether the local model may be used at all; boolean, true. */
    public static final String USE_OLLAMA = "use_ollama";
    /** Whether answers are kept and given again; boolean, true. */
    public static final String ENABLE_CACHING = "enable_caching";
    /** Whether users are divided between models; boolean, true. */
    public static final String A_B_TEST_ACTIVE = "a_b_test_active";
    /** Share of users that the local model answers; in [0, 1], 0.8. */
    public static final String OLLAMA_PERCENTAGE = "ollama_percentage";
    /** Whether production is watched; boolean, true. */
    public static final String ENABLE_MONITORING = "enable_monitoring";

    private static final Logger LOG = LoggerFactory.getLogger(FeatureFlags.class);

    private final @Nullable Path file;
    private final Function<String, @Nullable String> environment;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile FlagSnapshot snapshot;
    private @Nullable String lastRefusal;

    private FeatureFlags(Builder builder) {
        this.file = builder.file;
        this.environment = builder.environment;
        this.snapshot = FlagSnapshot.of(Map.copyOf(builder.declared), readFile(), Map.of(), environment);
    }

    /**
     * The flags known from the start, and the process's environment.
     *
     * @throws FlagConfigurationException when an environment variable of a flag is malformed
     */
    public static FeatureFlags create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Value of a boolean flag. */
    public FlagEvaluation<Boolean> evaluateBoolean(String key, boolean fallback, FlagContext context) {
        return evaluate(Boolean.class, key, fallback, context);
    }

    /** Value of a string flag. */
    public FlagEvaluation<String> evaluateString(String key, String fallback, FlagContext context) {
        return evaluate(String.class, key, fallback, context);
    }

    /** Value of a number flag. */
    public FlagEvaluation<Double> evaluateDouble(String key, double fallback, FlagContext context) {
        return evaluate(Double.class, key, fallback, context);
    }

    /** Value of a number flag that is a whole number. */
    public FlagEvaluation<Long> evaluateLong(String key, long fallback, FlagContext context) {
        return evaluate(Long.class, key, fallback, context);
    }

    /**
     * Whether the context falls into a share such as {@link #OLLAMA_PERCENTAGE}. A user stays on a side: the bucket is
     * that of {@link Split} with the flag's key as split id. Without a user id the context's draw decides for this request
     * alone and the detail says so; without a draw either, the result is the fallback and {@code TARGETING_KEY_MISSING}.
     */
    public FlagEvaluation<Boolean> evaluateShare(String key, boolean fallback, FlagContext context) {
        try {
            Flag flag = snapshot.effective().get(requireNonNull(key, "key"));
            return flag == null ? FlagEvaluation.unknown(key, fallback) : flag.evaluateShare(fallback, context);
        } catch (RuntimeException e) {
            return FlagEvaluation.failed(key, fallback, FlagErrorCode.GENERAL, e.toString());
        }
    }

    private <T> FlagEvaluation<T> evaluate(Class<T> type, String key, T fallback, FlagContext context) {
        try {
            Flag flag = snapshot.effective().get(requireNonNull(key, "key"));
            return flag == null ? FlagEvaluation.unknown(key, fallback) : flag.evaluate(type, fallback, context);
        } catch (RuntimeException e) {
            // The promise holds even for a caller that passes null.
            return FlagEvaluation.failed(key, fallback, FlagErrorCode.GENERAL, e.toString());
        }
    }

    /** Whether any source knows the flag. */
    public boolean has(String key) {
        return snapshot.effective().containsKey(requireNonNull(key, "key"));
    }

    /**
     * For configuration that names a flag, such as a routing policy.
     *
     * @throws FlagConfigurationException when no source knows the flag; the message lists those known
     */
    public void requireKnown(String key) {
        if (!has(key)) {
            throw new FlagConfigurationException("unknown flag \"" + key + "\", known are " + keys()
                    + "; declare it in Java or define it in the flag file");
        }
    }

    /** Keys of all known flags, in alphabetical order. */
    public List<String> keys() {
        return snapshot.keys();
    }

    /**
     * Sets a boolean flag over all other sources, from now until {@link #clear(String)}.
     *
     * @throws FlagConfigurationException when the flag is unknown or of another type
     */
    public void set(String key, boolean value) {
        override(key, value);
    }

    /**
     * Sets a string flag over all other sources, from now until {@link #clear(String)}.
     *
     * @throws FlagConfigurationException when the flag is unknown or of another type
     */
    public void set(String key, String value) {
        override(key, requireNonNull(value, "value"));
    }

    /**
     * Sets a number flag over all other sources, from now until {@link #clear(String)}.
     *
     * @throws FlagConfigurationException when the flag is unknown or of another type, the value is not finite, or the flag
     *     is a share and the value is outside [0, 1]
     */
    public void set(String key, double value) {
        override(key, value);
    }

    /** Takes back what was set in Java; nothing happens when nothing was. */
    public void clear(String key) {
        requireNonNull(key, "key");
        writing.lock();
        try {
            snapshot = snapshot.with(key, null);
        } finally {
            writing.unlock();
        }
    }

    private void override(String key, Object value) {
        requireKnown(key);
        FlagValue checked = FlagValue.of(key, value, "set in Java");
        writing.lock();
        try {
            snapshot = snapshot.with(key, checked);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Reads the file and the environment again. All of it comes into force at once, or nothing: when something is wrong,
     * the last good definitions stay, the result says why, and each new cause is logged once as a warning. Values set in
     * Java survive. Never throws.
     */
    public FlagReload reload() {
        writing.lock();
        try {
            FlagSnapshot before = snapshot;
            FlagSnapshot after = FlagSnapshot.of(before.declared(), readFile(), before.overrides(), environment);
            snapshot = after;
            lastRefusal = null;
            return FlagReload.applied(after.changedSince(before), after.undeclared());
        } catch (FlagConfigurationException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return refused("a source failed: " + e);
        } finally {
            writing.unlock();
        }
    }

    private FlagReload refused(String error) {
        if (!error.equals(lastRefusal)) {
            lastRefusal = error;
            LOG.atWarn().addKeyValue("error", error).log("flags not reloaded, the last good definitions stay in force");
        }
        return FlagReload.refused(error);
    }

    private Map<String, Flag> readFile() {
        return file == null ? Map.of() : FlagFile.read(file);
    }

    /** Keys of all known flags. */
    @Override
    public String toString() {
        return "FeatureFlags" + snapshot.keys();
    }

    /** Collects declarations and sources; confined to one thread. */
    public static final class Builder {

        private final Map<String, FlagValue> declared = new TreeMap<>();
        private @Nullable Path file;
        private Function<String, @Nullable String> environment = System::getenv;

        private Builder() {
            declare(USE_OLLAMA, true);
            declare(ENABLE_CACHING, true);
            declare(A_B_TEST_ACTIVE, true);
            declare(OLLAMA_PERCENTAGE, 0.8);
            declare(ENABLE_MONITORING, true);
        }

        /** Declares a boolean flag and its default, or gives a known one another default. */
        public Builder declare(String key, boolean value) {
            return add(key, value);
        }

        /** Declares a string flag and its default, or gives a known one another default. */
        public Builder declare(String key, String value) {
            return add(key, requireNonNull(value, "value"));
        }

        /** Declares a number flag and its default, or gives a known one another default. */
        public Builder declare(String key, double value) {
            return add(key, value);
        }

        private Builder add(String key, Object value) {
            FlagValue checked = FlagValue.of(key, value, "declared in Java");
            FlagValue before = declared.putIfAbsent(key, checked);
            if (before != null && before.type() != checked.type()) {
                throw new FlagConfigurationException("flag \"" + key + "\" is a "
                        + before.type().title() + ", so its default cannot be the "
                        + checked.type().title() + " " + checked);
            }
            declared.put(key, checked);
            return this;
        }

        /** File in flagd's JSON format; it must exist when the flags are built. None by default. */
        public Builder file(Path file) {
            this.file = requireNonNull(file, "file");
            return this;
        }

        /** Where environment variables are read; the process's own by default, a map in tests. */
        public Builder environment(Function<String, @Nullable String> environment) {
            this.environment = requireNonNull(environment, "environment");
            return this;
        }

        /**
         * Reads all sources.
         *
         * @throws FlagConfigurationException when the file or an environment variable is malformed
         */
        public FeatureFlags build() {
            return new FeatureFlags(this);
        }
    }
}
