package dev.melancia.flags;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reload did: new definitions in force, or the last good ones kept and why. Immutable.
 *
 * @since 0.1.0
 */
public final class FlagReload {

    private final List<String> changed;
    private final List<String> undeclared;
    private final @Nullable String error;

    private FlagReload(List<String> changed, List<String> undeclared, @Nullable String error) {
        this.changed = changed;
        this.undeclared = undeclared;
        this.error = error;
    }

    static FlagReload applied(List<String> changed, List<String> undeclared) {
        return new FlagReload(List.copyOf(changed), List.copyOf(undeclared), null);
    }

    static FlagReload refused(String error) {
        return new FlagReload(List.of(), List.of(), error);
    }

    /** Whether what was read is now in force; otherwise the last good definitions still are. */
    public boolean applied() {
        return error == null;
    }

    /** Flags whose definition appeared, disappeared or changed, in alphabetical order. */
    public List<String> changed() {
        return changed;
    }

    /** Flags that only the file knows, in alphabetical order: new ones, or names that somebody misspelt. */
    public List<String> undeclared() {
        return undeclared;
    }

    /** Why nothing was applied. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    @Override
    public String toString() {
        return error == null
                ? "FlagReload[applied, changed=" + changed + ", undeclared=" + undeclared + "]"
                : "FlagReload[last good kept: " + error + "]";
    }
}
