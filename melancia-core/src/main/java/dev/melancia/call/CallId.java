package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one call: a UUID of version 7 (RFC 9562), so that ids sort by time to the millisecond. Kept as two longs and
 * rendered when asked. Immutable.
 *
 * @param mostSignificantBits 48 bits of epoch milliseconds, version, 12 random bits
 * @param leastSignificantBits variant and 62 random bits
 * @since 0.1.0
 */
public record CallId(long mostSignificantBits, long leastSignificantBits) {

    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final int LONGEST_QUOTE = 64;
    private static final int MILLIS_SHIFT = 16;
    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_A_MASK = 0xFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_B_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

    /**
     * An id of this time and randomness.
     *
     * @param epochMillis milliseconds since 1970, at least 0
     * @param randomA any bits, the lowest 12 are used
     * @param randomB any bits, the lowest 62 are used
     */
    public static CallId of(long epochMillis, long randomA, long randomB) {
        return new CallId(
                (epochMillis << MILLIS_SHIFT) | VERSION_7 | (randomA & RANDOM_A_MASK),
                VARIANT | (randomB & RANDOM_B_MASK));
    }

    /**
     * Reads an id as {@link #toString()} writes it; of the letters' case nothing is asked.
     *
     * @throws IllegalArgumentException when it is not a UUID of 36 characters
     */
    public static CallId parse(String id) {
        if (!UUID_TEXT.matcher(requireNonNull(id, "id")).matches()) {
            String shown = id.length() <= LONGEST_QUOTE ? id : id.substring(0, LONGEST_QUOTE) + "…";
            throw new IllegalArgumentException("call id must be a UUID of 36 characters, such as"
                    + " 019ad735-847b-7001-8000-000000000001, was \"" + shown + "\"; take it from CallRecord.id()");
        }
        UUID uuid = UUID.fromString(id);
        return new CallId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** The usual 36 characters of a UUID. */
    @Override
    public String toString() {
        return new UUID(mostSignificantBits, leastSignificantBits).toString();
    }
}
