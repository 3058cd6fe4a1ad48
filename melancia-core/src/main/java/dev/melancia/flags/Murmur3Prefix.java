package dev.melancia.flags;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * MurmurHash3 x86 32, seed 0, stopped after a prefix: what is kept is the state after the prefix's whole blocks and its
 * remaining 0 to 3 bytes, so hashing {@code prefix + key} costs only the key. Immutable.
 *
 * <p>Algorithm (Austin Appleby, public domain, SMHasher): blocks of four bytes, little endian, are mixed into the state; the
 * rest of up to three bytes is mixed without the final rotation; the length in bytes and an avalanche finish it. A prefix of
 * n = 4k + r bytes shifts every block of the key by r bytes, so the r bytes ride along as {@code carry}.
 */
final class Murmur3Prefix {

    /** Nothing hashed yet. */
    static final Murmur3Prefix EMPTY = new Murmur3Prefix(0, 0, 0);

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;
    private static final long LOW_INT = 0xFFFF_FFFFL;

    private final int state;
    private final long carry;
    private final int length;

    private Murmur3Prefix(int state, long carry, int length) {
        this.state = state;
        this.carry = carry;
        this.length = length;
    }

    static Murmur3Prefix of(String prefix) {
        byte[] bytes = prefix.getBytes(StandardCharsets.UTF_8);
        int state = 0;
        int i = 0;
        for (; i + 4 <= bytes.length; i += 4) {
            state = mix(state, (int) INT.get(bytes, i));
        }
        return new Murmur3Prefix(state, rest(bytes, i), bytes.length);
    }

    /** Hash of the prefix followed by the key, both as UTF-8. */
    int hash(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        int shift = (length & 3) * 8;
        int h = state;
        long pending = carry;
        int i = 0;
        for (; i + 4 <= bytes.length; i += 4) {
            pending |= ((int) INT.get(bytes, i) & LOW_INT) << shift;
            h = mix(h, (int) pending);
            pending >>>= 32;
        }
        pending |= rest(bytes, i) << shift;
        int left = shift / 8 + bytes.length - i;
        return finish(h, pending, left, length + bytes.length);
    }

    /** Hash of the prefix followed by the eight little-endian bytes of a number. */
    int hash(long number) {
        int shift = (length & 3) * 8;
        long pending = carry | (number & LOW_INT) << shift;
        int h = mix(state, (int) pending);
        pending = pending >>> 32 | (number >>> 32) << shift;
        h = mix(h, (int) pending);
        return finish(h, pending >>> 32, shift / 8, length + Long.BYTES);
    }

    private static long rest(byte[] bytes, int from) {
        long rest = 0;
        for (int i = from; i < bytes.length; i++) {
            rest |= (bytes[i] & 0xFFL) << (8 * (i - from));
        }
        return rest;
    }

    private static int mix(int state, int block) {
        return Integer.rotateLeft(state ^ scramble(block), 13) * 5 + 0xe6546b64;
    }

    private static int scramble(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    private static int finish(int state, long pending, int left, int totalBytes) {
        int h = state;
        long tail = pending;
        if (left >= 4) {
            h = mix(h, (int) tail);
            tail >>>= 32;
        }
        h ^= scramble((int) tail);
        h ^= totalBytes;
        h = (h ^ h >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
