package dev.melancia.benchmark;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** A fingerprint of texts and their order. Confined to one thread. */
final class Digest {

    private final MessageDigest digest;

    Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Each text counts with its length, so that no two lists of texts look alike. */
    Digest add(String text) {
        digest.update((text.length() + ":").getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < text.length(); i++) {
            digest.update((byte) (text.charAt(i) >> 8));
            digest.update((byte) text.charAt(i));
        }
        return this;
    }

    Digest add(Collection<String> texts) {
        add(Integer.toString(texts.size()));
        texts.forEach(this::add);
        return this;
    }

    /** 32 hex digits. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }
}
