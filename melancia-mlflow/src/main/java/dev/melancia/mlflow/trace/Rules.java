package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What MLflow 3.17 accepts of traces, found by sending it to a real server. */
final class Rules {

    /** A longer session id makes the server refuse every span of the request. */
    static final int MAX_NAME = 250;

    private static final int ID_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Pattern HEX_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}_./: -]+");

    private Rules() {}

    static String hexId(String what, String id) {
        if (!HEX_ID.matcher(requireNonNull(id, what)).matches()) {
            throw new IllegalArgumentException(what + " must be 32 lower-case hexadecimal digits, was \""
                    + new BoundedText(60).of(id) + "\"; make one with idOf");
        }
        return id;
    }

    /** The same 32 hexadecimal digits for the same text: the first half of its SHA-256. */
    static String hashed(String seed) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform must have SHA-256", impossible);
        }
    }

    static String name(String what, String name) {
        if (requireNonNull(name, what).isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    what + " must not be blank and have at most " + MAX_NAME + " characters, had " + name.length());
        }
        return new BoundedText(MAX_NAME).of(name);
    }

    /** The server skips other tags in silence. */
    static String tag(String key) {
        name("tag name", key);
        boolean path = key.startsWith("/") || key.endsWith("/") || key.startsWith(".") || key.contains("//");
        if (path || key.contains("/.") || !TAG.matcher(key).matches()) {
            throw new IllegalArgumentException("tag name may only have letters, digits and _ - . : / and space, and no"
                    + " part between slashes that is empty or begins with a dot, was \"" + key + '"');
        }
        return key;
    }

    static long count(String what, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(
                    what + " must be at least 0, was " + count + "; leave it out when it is not known");
        }
        return count;
    }

    static BigDecimal usd(BigDecimal usd) {
        if (requireNonNull(usd, "usd").signum() < 0) {
            throw new IllegalArgumentException("cost must be at least 0 USD, was " + usd);
        }
        return usd;
    }

    static double finite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " must be a finite number, was " + value
                    + "; tell what is not known as an error or leave it out");
        }
        return value;
    }

    static long epochNanos(Instant time) {
        if (requireNonNull(time, "time").isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("time must not be before 1970, was " + time);
        }
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
    }
}
