package dev.melancia.provider;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A key or token that never shows itself: {@code toString()} is {@code Secret[***]}. Immutable.
 *
 * @since 0.1.0
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a key; surrounding white space, the usual result of reading a file, is removed.
     *
     * @throws IllegalArgumentException when nothing is left
     */
    public static Secret of(String value) {
        String stripped = requireNonNull(value, "value").strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("secret must not be blank");
        }
        return new Secret(stripped);
    }

    /** The key itself, for the one line that hands it to a client. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
