package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which segments of a folder a reader has to read. Confined to one thread.
 *
 * <p>A compact segment and those it replaces may be there together. A reader that has not begun with the originals reads
 * the compact segment; one that has read all of them has read the compact one too; one in the middle goes on with the
 * originals, and when they are deleted under it begins again with the compact one, which is counted.
 */
final class SegmentListing {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentListing.class);

    private final Path folder;
    private final Map<String, CompactHeader> headers = new HashMap<>();
    private final Set<String> foreign = new HashSet<>();
    private long restarts;
    private boolean quiet;

    SegmentListing(Path folder) {
        this.folder = folder;
    }

    /** How often segments were deleted under this reader, so that records come again. */
    long restarts() {
        return restarts;
    }

    /** The segments to read in order; the offsets are brought in line with what was compacted and deleted meanwhile. */
    List<String> names(Map<String, Long> offsets) throws IOException {
        List<String> all = settled();
        Set<String> present = new HashSet<>(all);
        Set<String> hidden = new HashSet<>();
        for (String name : all) {
            if (SegmentName.isCompact(name)) {
                resolve(name, offsets, present, hidden);
            }
        }
        offsets.keySet().retainAll(present);
        headers.keySet().retainAll(present);
        return all.stream().filter(name -> !hidden.contains(name)).toList();
    }

    /**
     * A list is not taken at one moment: a compact segment may appear behind its cursor and an original vanish before it.
     * The second of two equal lists missed nothing, since the compact segment was there before the original was deleted.
     */
    private List<String> settled() throws IOException {
        List<String> before = SegmentName.list(folder, this::tellForeign);
        List<String> now = SegmentName.list(folder);
        while (!now.equals(before)) {
            before = now;
            now = SegmentName.list(folder);
        }
        return now;
    }

    private void resolve(String compact, Map<String, Long> offsets, Set<String> present, Set<String> hidden)
            throws IOException {
        CompactHeader header = headers.get(compact);
        if (header == null) {
            header = CompactHeader.read(folder, compact);
            headers.put(compact, header);
        }
        if (!offsets.containsKey(compact)) {
            boolean begun = header.replaced().keySet().stream().anyMatch(name -> offsets.getOrDefault(name, 0L) > 0);
            List<String> unread = unread(header, offsets);
            if (begun && !unread.isEmpty() && present.containsAll(unread)) {
                hidden.add(compact);
                return;
            }
            if (begun && !unread.isEmpty()) {
                restarts++;
            }
            boolean read = begun && unread.isEmpty();
            offsets.put(compact, read ? folder.resolve(compact).toFile().length() : header.end());
        }
        offsets.keySet().removeAll(header.replaced().keySet());
        hidden.addAll(header.replaced().keySet());
    }

    private static List<String> unread(CompactHeader header, Map<String, Long> offsets) {
        List<String> unread = new ArrayList<>();
        header.replaced().forEach((name, bytes) -> {
            if (offsets.getOrDefault(name, 0L) < bytes) {
                unread.add(name);
            }
        });
        return unread;
    }

    /** Bytes behind this position, without the last line of a closed segment, which is no record. */
    static long unreadBytes(Path folder, JournalPosition position) throws IOException {
        SegmentListing listing = new SegmentListing(folder);
        listing.quiet = true;
        Map<String, Long> offsets = new HashMap<>(position.offsets());
        long sum = 0;
        for (String name : listing.names(offsets)) {
            long offset = offsets.getOrDefault(name, 0L);
            long left = folder.resolve(name).toFile().length() - offset;
            boolean sealOnly = left == Frame.SEAL_BYTES && onlySeal(folder, name, offset);
            sum += sealOnly ? 0 : Math.max(0, left);
        }
        return sum;
    }

    private static boolean onlySeal(Path folder, String name, long offset) throws IOException {
        SegmentScanner rest = new SegmentScanner(folder, name, offset);
        try {
            return rest.readsWhole() && rest.sealed() && rest.recordsEnd() == offset;
        } catch (JournalVersionException laterFormat) {
            return false;
        }
    }

    private void tellForeign(String name) {
        if (!quiet && foreign.add(name)) {
            LOG.atWarn()
                    .addKeyValue("file", folder.resolve(name))
                    .log("a file in the journal's folder has not the name of a segment; it is not read and left alone");
        }
    }
}
