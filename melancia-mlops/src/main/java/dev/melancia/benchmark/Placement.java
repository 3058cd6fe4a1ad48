package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a subject runs, and so with whom it may run at once. Subjects on one machine run one after another: two local
 * models would slow each other down, or push each other out of memory. Immutable.
 *
 * @since 0.1.0
 */
public final class Placement {

    private static final String THIS_MACHINE = "local";
    private static final int MOST_CONCURRENCY = 1024;
    private static final Placement LOCAL = new Placement(THIS_MACHINE, 1);

    private final @Nullable String machine;
    private final int concurrency;

    private Placement(@Nullable String machine, int concurrency) {
        if (concurrency < 1 || concurrency > MOST_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency must be in [1, " + MOST_CONCURRENCY + "], was " + concurrency);
        }
        this.machine = machine;
        this.concurrency = concurrency;
    }

    /** One call at a time, on the machine that all local subjects share: the default. */
    public static Placement local() {
        return LOCAL;
    }

    /**
     * On a machine with a name, such as a model server: its subjects run one after another, beside those of other machines.
     *
     * @param concurrency calls to this subject at once, in [1, 1024]
     */
    public static Placement on(String machine, int concurrency) {
        return new Placement(requireNonNull(machine, "machine"), concurrency);
    }

    /**
     * On a service that other subjects do not slow down: it runs beside all of them.
     *
     * @param concurrency calls to this subject at once, in [1, 1024]
     */
    public static Placement remote(int concurrency) {
        return new Placement(null, concurrency);
    }

    /** The machine it shares; empty for a remote service. */
    public Optional<String> machine() {
        return Optional.ofNullable(machine);
    }

    /** Calls at once, in [1, 1024]. */
    public int concurrency() {
        return concurrency;
    }

    /** Such as {@code local, 1 at once}. */
    @Override
    public String toString() {
        return (machine == null ? "remote" : machine) + ", " + concurrency + " at once";
    }
}
