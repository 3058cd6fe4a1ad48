package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a user id into the key that records show: the first 16 bytes of HMAC-SHA256 (RFC 2104) as 32 hexadecimal
 * characters. With the same key the same user has the same key in every process; whoever lacks it cannot find the id by
 * trying. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class UserKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_BYTES = 16;
    private static final int RANDOM_KEY_BYTES = 32;
    private static final int SHOWN_BYTES = 16;

    private final byte[] key;

    private UserKeys(byte[] key) {
        this.key = key;
    }

    /**
     * Keys that hold across processes and restarts.
     *
     * @param key the host's secret, at least 16 bytes
     */
    public static UserKeys withKey(byte[] key) {
        if (requireNonNull(key, "key").length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "key of user keys must have at least 16 bytes, had " + key.length + "; generate one and keep it");
        }
        return new UserKeys(key.clone());
    }

    /** Keys that hold within this object's life only: the secret is random and kept nowhere. */
    public static UserKeys ephemeral() {
        byte[] key = new byte[RANDOM_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new UserKeys(key);
    }

    /** The key of a user: 32 lower-case hexadecimal characters. */
    public String keyOf(String userId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] digest = mac.doFinal(userId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, SHOWN_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "UserKeys[***]";
    }
}
