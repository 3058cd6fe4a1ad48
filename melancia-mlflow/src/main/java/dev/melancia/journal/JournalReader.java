package dev.melancia.journal;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the records of all segments of a folder, and goes on when more were appended: after an empty
 * {@link #next()} call it again later. Records of one journal come in the order of their appends; between journals there
 * is no order. Segments of processes that are gone are read like all others.
 *
 * <p>A line that is not whole or whose checksum is wrong is skipped, counted in {@link #damage()} and logged once per
 * segment. Half a line at the end of a segment whose writer lives is not damage: it is read when it is whole. A file with
 * another name than a segment's is logged once and left alone. A segment of a later format is read up to its first line of
 * that format, and told with {@link JournalVersionException} once all others are read, again at each call.
 *
 * <p>Segments may be compacted meanwhile ({@link JournalCompaction}). What was read before is not read again, except
 * when segments were deleted that this reader was in the middle of: then their records come again from the first one,
 * compacted, and {@link #restarts()} grows. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class JournalReader {

    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

    private final Path folder;
    private final Map<String, Long> offsets;
    private final Set<String> told = new HashSet<>();
    private final Set<String> torn = new HashSet<>();
    private final SegmentListing listing;
    private JournalDamage damage = JournalDamage.NONE;
    private @Nullable Iterator<String> pass;
    private @Nullable SegmentScanner scanner;
    private @Nullable JournalVersionException later;
    private boolean passAgain;

    /** A reader that begins behind what {@code from} has consumed. */
    public JournalReader(Path folder, JournalPosition from) {
        this.folder = requireNonNull(folder, "folder");
        this.offsets = new TreeMap<>(from.offsets());
        this.listing = new SegmentListing(folder);
    }

    /**
     * The next record, or empty when all that is there now was read.
     *
     * @throws JournalVersionException when all was read but what is of a later format
     * @throws JournalException when the folder or a segment cannot be read
     */
    public Optional<JournalRecord> next() {
        try {
            while (true) {
                SegmentScanner segment = scanner != null ? scanner : nextSegment();
                if (segment == null) {
                    return atEnd();
                }
                JournalRecord found = next(segment);
                offsets.put(segment.name(), segment.offset());
                if (found != null) {
                    passAgain = true;
                    return Optional.of(found);
                }
                ended(segment);
            }
        } catch (IOException failure) {
            throw new JournalException("cannot read the journal in " + folder, failure);
        }
    }

    private @Nullable JournalRecord next(SegmentScanner segment) throws IOException {
        try {
            return segment.next(this::corrupt);
        } catch (JournalVersionException laterFormat) {
            later = laterFormat;
            return null;
        }
    }

    private Optional<JournalRecord> atEnd() {
        JournalVersionException unread = later;
        if (unread != null) {
            later = null;
            unread.fillInStackTrace();
            throw unread;
        }
        return Optional.empty();
    }

    /**
     * How often segments were deleted under this reader, at least 0. When it grows during a call, records that were
     * returned before come again; whoever must not see them twice begins with a new reader.
     */
    public long restarts() {
        return listing.restarts();
    }

    /** Where this reader stands: behind the last record it returned, and behind damage it skipped after that. */
    public JournalPosition position() {
        return JournalPosition.of(offsets);
    }

    /** What was skipped since this reader was made. */
    public JournalDamage damage() {
        return damage;
    }

    /** Passes over all segments until one pass brings nothing; a list is taken before its segments are read, so order holds. */
    private @Nullable SegmentScanner nextSegment() throws IOException {
        while (true) {
            Iterator<String> names = pass;
            if (names == null) {
                names = listing.names(offsets).iterator();
                passAgain = false;
                pass = names;
            }
            while (names.hasNext()) {
                String name = names.next();
                if (unread(name)) {
                    scanner = new SegmentScanner(folder, name, offsets.getOrDefault(name, 0L));
                    return scanner;
                }
            }
            pass = null;
            if (!passAgain) {
                return null;
            }
        }
    }

    /** One that vanished since it was listed stands in a compact segment by now, which another pass finds. */
    private boolean unread(String name) {
        File file = folder.resolve(name).toFile();
        long length = file.length();
        if (length == 0 && !file.exists()) {
            passAgain = true;
            return false;
        }
        return length != offsets.getOrDefault(name, 0L);
    }

    private void ended(SegmentScanner segment) {
        scanner = null;
        passAgain |= segment.gone();
        boolean refused = later != null && later.segment().equals(segment.name());
        boolean insideLine = segment.endsInsideLine() && !segment.gone() && !refused;
        if (insideLine && !SegmentName.writerAlive(segment.name()) && torn.add(segment.name())) {
            damage = damage.plusTorn();
            LOG.atWarn()
                    .addKeyValue("segment", segment.name())
                    .addKeyValue("offset", segment.offset())
                    .log("a journal segment ends inside a line; that record was never acknowledged and is skipped");
        }
    }

    private void corrupt(String segment, long offset, long bytes) {
        damage = damage.plusCorrupt(bytes);
        if (told.add(segment)) {
            LOG.atWarn()
                    .addKeyValue("segment", segment)
                    .addKeyValue("offset", offset)
                    .addKeyValue("bytes", bytes)
                    .log("a journal segment has a damaged line; it is skipped, as are further ones (counted)");
        }
    }
}
