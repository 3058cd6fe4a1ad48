package dev.melancia.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * First record of a compact segment: what it replaces. Immutable.
 *
 * @param replaced where the records of each replaced segment ended, in bytes
 * @param end where the first record of the compact segment itself begins, in bytes
 */
record CompactHeader(SortedMap<String, Long> replaced, long end) {

    private static final String TYPE = "{\"v\":1,\"type\":\"compacted\",\"replaces\":{";
    private static final Pattern REPLACED = Pattern.compile("\"([0-9a-f-]+\\.jsonl)\":(\\d+)");

    CompactHeader {
        replaced = Collections.unmodifiableSortedMap(new TreeMap<>(replaced));
    }

    static byte[] encode(Map<String, Long> replaced) {
        return new TreeMap<>(replaced)
                .entrySet().stream()
                        .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
                        .collect(Collectors.joining(",", TYPE, "}}"))
                        .getBytes(StandardCharsets.US_ASCII);
    }

    /** The header of this compact segment; when it cannot be read it replaces nothing. */
    static CompactHeader read(Path folder, String compact) throws IOException {
        SegmentScanner scanner = new SegmentScanner(folder, compact, 0);
        SortedMap<String, Long> replaced = new TreeMap<>();
        JournalRecord first;
        try {
            first = scanner.next((segment, offset, bytes) -> {});
        } catch (JournalVersionException toldWhenItIsRead) {
            first = null;
        }
        if (first == null || first.offset() > 0 || !first.text().startsWith(TYPE)) {
            return new CompactHeader(replaced, 0);
        }
        Matcher matcher = REPLACED.matcher(first.text());
        while (matcher.find()) {
            replaced.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
        return new CompactHeader(replaced, scanner.offset());
    }
}
