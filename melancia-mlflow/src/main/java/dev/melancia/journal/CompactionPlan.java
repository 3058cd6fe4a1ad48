package dev.melancia.journal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the segments of a folder that can be compacted. Confined to one thread, which holds the folder's lock. */
final class CompactionPlan {

    private final Path folder;
    private final List<JournalPosition> followers;
    private final long nowMillis;
    private final List<SegmentGroup> groups = new ArrayList<>();
    private @Nullable SegmentGroup open;
    private int waiting;

    CompactionPlan(Path folder, List<JournalPosition> followers, long nowMillis) {
        this.folder = folder;
        this.followers = followers;
        this.nowMillis = nowMillis;
    }

    /** Groups to compact, in the order of their names, after the originals of compact segments are gone. */
    List<SegmentGroup> groups() throws IOException {
        for (String name : SegmentName.list(folder)) {
            boolean taken = !SegmentName.isCompact(name) && take(name);
            if (!taken) {
                open = null;
                waiting += SegmentName.isCompact(name) ? 0 : 1;
            }
        }
        return groups;
    }

    int waiting() {
        return waiting;
    }

    private boolean take(String name) throws IOException {
        File file = folder.resolve(name).toFile();
        if (!file.isFile()) {
            return false;
        }
        long length = file.length();
        long recordsEnd = sealedEnd(name, file);
        if (recordsEnd < 0 || followers.stream().anyMatch(position -> position.offset(name) < recordsEnd)) {
            return false;
        }
        if (open == null || !open.add(name, recordsEnd, length)) {
            SegmentGroup next = new SegmentGroup(name);
            next.add(name, recordsEnd, length);
            groups.add(next);
            open = next;
        }
        return true;
    }

    /** Where the records of a sealed and whole segment end, or -1 when it is not. */
    private long sealedEnd(String name, File file) throws IOException {
        boolean byTime = Sealing.byTime(file, nowMillis);
        SegmentScanner scanner = new SegmentScanner(folder, name, 0);
        boolean whole;
        try {
            whole = scanner.readsWhole();
        } catch (JournalVersionException laterFormat) {
            return -1;
        }
        return whole && (byTime || scanner.sealed()) ? scanner.recordsEnd() : -1;
    }
}
