package dev.melancia.mlflow.trace;

import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Ids of the spans of a trace, 16 hexadecimal digits each, made of the trace's id and the span's place in it: the same trace
 * written again has the same ids, which is what makes delivery twice harmless. Immutable.
 */
final class SpanIds {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int DIGITS = 16;

    private final String traceId;
    private final int count;
    private final IdentityHashMap<Span, String> ids = new IdentityHashMap<>();

    SpanIds(String traceId, List<Span> spans) {
        this.traceId = traceId;
        this.count = spans.size();
        long seed = HexFormat.fromHexDigitsToLong(traceId.substring(0, DIGITS))
                ^ Long.rotateLeft(HexFormat.fromHexDigitsToLong(traceId.substring(DIGITS)), 31);
        for (int i = 0; i < spans.size(); i++) {
            ids.put(spans.get(i), HexFormat.of().toHexDigits(mixed(seed + (i + 1) * GOLDEN)));
        }
    }

    /** SplitMix64's finisher; it is a bijection, so the ids of a trace differ. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    String traceId() {
        return traceId;
    }

    /** Whether no span was there twice. */
    boolean areUnique() {
        return ids.size() == count;
    }

    boolean know(Span span) {
        return ids.containsKey(span);
    }

    String of(Span span) {
        return ids.getOrDefault(span, "");
    }
}
