package dev.melancia.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long texts and lists of a line may be. Texts come from hosts, users and configuration, so none is trusted to be short.
 * The tight limits bound a line to 64 kB whatever it is made of; the usual ones leave alone what anybody would write.
 */
enum LineLimits {
    USUAL(256, 1_024, 32, 64),
    TIGHT(64, 256, 8, 16);

    /** A line with its end, in bytes. */
    static final int LONGEST_LINE = 64 * 1024;

    private static final int LONGEST_TAG_NAME = 64;
    private static final String CUT = "…";
    private static final int CUT_BYTES = 3;

    /** What most characters take at most; those that JSON escapes take more and are counted, so that they buy nothing. */
    private static final int BYTES_PER_CHARACTER = 3;

    private static final int BYTES_PER_ESCAPE = 6;

    final int text;
    final int reason;
    final int items;
    private final int tags;

    LineLimits(int text, int reason, int tags, int items) {
        this.text = text;
        this.reason = reason;
        this.tags = tags;
        this.items = items;
    }

    String cut(String value) {
        return cut(value, text);
    }

    /** The text, or as much of it as fits so many characters and three times so many bytes in JSON, and a mark. */
    static String cut(String value, int longest) {
        int mostBytes = longest * BYTES_PER_CHARACTER;
        if (value.length() <= longest && (long) value.length() * BYTES_PER_ESCAPE <= mostBytes) {
            return value;
        }
        int bytes = 0;
        int end = 0; // as much as leaves room for the mark
        for (int i = 0; i < value.length(); i++) {
            bytes += bytes(value.charAt(i));
            if (i >= longest || bytes > mostBytes) {
                return value.substring(0, end > 0 && Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end)
                        + CUT;
            }
            if (i < longest - CUT.length() && bytes <= mostBytes - CUT_BYTES) {
                end = i + 1;
            }
        }
        return value;
    }

    private static int bytes(char c) {
        if (c < ' ') {
            return BYTES_PER_ESCAPE;
        }
        if (c == '"' || c == '\\') {
            return 2;
        }
        return c < 0x80 ? 1 : c < 0x800 ? 2 : BYTES_PER_CHARACTER;
    }

    /** The first tags by name, cut; of names that are the same once they are cut, the first. */
    Map<String, String> cut(Map<String, String> all) {
        Map<String, String> cut = new LinkedHashMap<>();
        new TreeMap<>(all)
                .entrySet().stream()
                        .limit(tags)
                        .forEach(tag -> cut.putIfAbsent(cut(tag.getKey(), LONGEST_TAG_NAME), cut(tag.getValue())));
        return cut;
    }

    /** The first of a list, with this one in place of the last if it came later. */
    <T> List<T> first(List<T> all, @Nullable T kept) {
        if (all.size() <= items) {
            return all;
        }
        List<T> first = new ArrayList<>(all.subList(0, items));
        if (kept != null && !first.contains(kept)) {
            first.set(items - 1, kept);
        }
        return first;
    }
}
