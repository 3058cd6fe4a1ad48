package dev.melancia.registry;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who changes the registry and why. It is kept for good where everybody sees it.
 *
 * @param who 1 to 200 characters, not blank
 * @param why at most 1000 characters; may be empty
 * @since 0.1.0
 */
public record ChangeNote(String who, String why) {

    private static final int MAX_WHO = 200;
    private static final int MAX_WHY = 1_000;

    /** @throws IllegalArgumentException for texts that are too long or have control characters, and a blank who */
    public ChangeNote {
        line("who", who, MAX_WHO);
        line("why", why, MAX_WHY);
        if (who.isBlank()) {
            throw new IllegalArgumentException("who must not be blank; name the person or job that decides");
        }
    }

    /** A note of this person or job. */
    public static ChangeNote by(String who, String why) {
        return new ChangeNote(who, why);
    }

    /** Empty for what others wrote in another form. */
    static Optional<ChangeNote> stored(String who, String why) {
        try {
            return Optional.of(new ChangeNote(who, why));
        } catch (IllegalArgumentException writtenByOthers) {
            return Optional.empty();
        }
    }

    static String line(String what, String text, int limit) {
        boolean bad = requireNonNull(text, what)
                .codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        int length = text.codePointCount(0, text.length());
        if (bad || length > limit) {
            throw new IllegalArgumentException(what + " must have at most " + limit
                    + " characters, none of them a line break or other control character, had " + length);
        }
        return text;
    }
}
