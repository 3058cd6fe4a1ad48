package dev.melancia.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A line of a segment: {@code {"c":"<CRC32C of the record, 8 hex digits>","r":<record>}} and a line feed, so that a
 * segment is also plain JSON lines for any other tool.
 *
 * <p>The version stands where a person looks for it, in a field {@code v} that is the first of the record; a record
 * without one has no version of its own. A line whose own first field is
 * {@code v} has a later frame.
 */
final class Frame {

    /** The latest format that is understood, of lines and of records. */
    static final int VERSION = 1;

    /** Longest record, in bytes. */
    static final int MAX_RECORD_BYTES = 1 << 20;

    private static final byte[] HEAD = "{\"c\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MIDDLE = "\",\"r\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION_HEAD = "{\"v\":".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION_DIGITS = 9;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_DIGITS = 8;
    private static final int RECORD_AT = HEAD.length + CHECKSUM_DIGITS + MIDDLE.length;

    /** Bytes of a line that are not the record, line feed included. */
    static final int OVERHEAD = RECORD_AT + 2;

    /** Ends what a failed write left behind: a line that cannot be whole, whatever stands before it. */
    static final byte[] FILLER = {'!', '\n'};

    private static final byte[] SEAL = "{\"v\":1,\"type\":\"sealed\"}".getBytes(StandardCharsets.US_ASCII);

    static final int SEAL_BYTES = SEAL.length + OVERHEAD;

    private Frame() {}

    /** The last line of a segment whose writer has closed it. */
    static byte[] seal() {
        return lines(List.of(SEAL));
    }

    static boolean isSeal(byte[] json) {
        return Arrays.equals(json, SEAL);
    }

    /** Whether the line in [from, to) is nothing but a filler. */
    static boolean isFiller(byte[] bytes, int from, int to) {
        return to - from == 1 && bytes[from] == FILLER[0];
    }

    static byte[] lines(List<byte[]> records) {
        int length = 0;
        for (byte[] json : records) {
            check(json);
            length = Math.addExact(length, json.length + OVERHEAD);
        }
        byte[] lines = new byte[length];
        int at = 0;
        for (byte[] json : records) {
            at = put(json, lines, at);
        }
        return lines;
    }

    private static int put(byte[] json, byte[] line, int start) {
        System.arraycopy(HEAD, 0, line, start, HEAD.length);
        int at = start + HEAD.length;
        int checksum = checksum(json, 0, json.length);
        for (int digit = 0; digit < CHECKSUM_DIGITS; digit++) {
            line[at++] = HEX[checksum >>> (28 - 4 * digit) & 0xf];
        }
        System.arraycopy(MIDDLE, 0, line, at, MIDDLE.length);
        at += MIDDLE.length;
        System.arraycopy(json, 0, line, at, json.length);
        at += json.length;
        line[at++] = '}';
        line[at++] = '\n';
        return at;
    }

    private static void check(byte[] json) {
        if (json.length > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "a record must have at most " + MAX_RECORD_BYTES + " bytes, had " + json.length);
        }
        if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
            throw new IllegalArgumentException("a record must be one JSON object from { to }");
        }
        for (byte b : json) {
            if (b == '\n') {
                throw new IllegalArgumentException("a record must be on one line, without a line feed");
            }
        }
    }

    /** The record of the line in [from, to), line feed not included, or null when it is damaged. */
    static byte @Nullable [] record(byte[] bytes, int from, int to) {
        int start = from + RECORD_AT;
        int end = to - 1;
        boolean framed = end > start
                && bytes[end] == '}'
                && Arrays.equals(bytes, from, from + HEAD.length, HEAD, 0, HEAD.length)
                && Arrays.equals(bytes, start - MIDDLE.length, start, MIDDLE, 0, MIDDLE.length);
        if (!framed || !checksumMatches(bytes, from + HEAD.length, checksum(bytes, start, end))) {
            return null;
        }
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** The version that the JSON object in [from, to) names first when it is later than ours, otherwise 0. */
    static long laterVersion(byte[] bytes, int from, int to) {
        int at = from + VERSION_HEAD.length;
        if (at >= to || !Arrays.equals(bytes, from, at, VERSION_HEAD, 0, VERSION_HEAD.length)) {
            return 0;
        }
        long version = 0;
        int end = Math.min(to, at + VERSION_DIGITS);
        for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            version = 10 * version + bytes[at] - '0';
        }
        boolean number = at < to && (bytes[at] == ',' || bytes[at] == '}');
        return number && version > VERSION ? version : 0;
    }

    /** Where the next line may begin after {@code from} when a line feed was lost, or {@code to}. */
    static int nextHead(byte[] bytes, int from, int to) {
        for (int at = from + 1; at <= to - HEAD.length; at++) {
            if (Arrays.equals(bytes, at, at + HEAD.length, HEAD, 0, HEAD.length)) {
                return at;
            }
        }
        return to;
    }

    private static boolean checksumMatches(byte[] bytes, int at, int checksum) {
        for (int digit = 0; digit < CHECKSUM_DIGITS; digit++) {
            if (bytes[at + digit] != HEX[checksum >>> (28 - 4 * digit) & 0xf]) {
                return false;
            }
        }
        return true;
    }

    private static int checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
