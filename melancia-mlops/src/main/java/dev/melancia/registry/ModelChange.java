package dev.melancia.registry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One change of a model, as its history tells it.
 *
 * @param at when, to the microsecond; later changes have later times, even where clocks differ
 * @param kind what happened
 * @param version which version it was about, at least 1
 * @param detail the stage it came to, the alias, or the keys of the tags; empty for a registration
 * @param note who and why
 * @param confirmed whether it is known that the change was carried out; not when the process that made it was stopped, or
 *     lost the server, in the middle
 * @since 0.1.0
 */
public record ModelChange(Instant at, Kind kind, int version, String detail, ChangeNote note, boolean confirmed) {

    /**
     * What happened.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** A version was registered. */
        REGISTERED,
        /** A version came to another stage. */
        MOVED,
        /** A version that was in Production before came back to it. */
        ROLLED_BACK,
        /** An alias was made to stand for a version. */
        ALIAS_SET,
        /** An alias that stood for a version was deleted. */
        ALIAS_DELETED,
        /** Tags of a version were set. */
        TAGGED
    }

    /** Nothing may be missing. */
    public ModelChange {
        requireNonNull(at, "at");
        requireNonNull(kind, "kind");
        requireNonNull(detail, "detail");
        requireNonNull(note, "note");
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, was " + version);
        }
    }

    ModelChange asConfirmed() {
        return new ModelChange(at, kind, version, detail, note, true);
    }
}
