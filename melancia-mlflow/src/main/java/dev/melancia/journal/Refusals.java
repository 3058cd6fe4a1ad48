package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a journal could not record: counted, and logged once for each of the two causes. Refusing is confined to the
 * journal's lock; the count is thread-safe.
 */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path folder;
    private final AtomicLong records = new AtomicLong();
    private boolean toldOfLimit;
    private boolean toldOfFailure;

    Refusals(Path folder) {
        this.folder = folder;
    }

    long records() {
        return records.get();
    }

    JournalException beyond(FolderLimit limit, int refused) {
        records.addAndGet(refused);
        JournalException refusal = new JournalException("the files in the journal's folder " + folder
                + " must take at most " + limit.bytes() + " bytes, took " + limit.taken()
                + "; nothing was recorded. Compact the folder, delete what is not needed or raise the limit");
        if (!toldOfLimit) {
            toldOfLimit = true;
            tell(refusal);
        }
        return refusal;
    }

    JournalException failed(int wanted, int recorded, IOException failure) {
        records.addAndGet(wanted - recorded);
        String what = recorded == 0 ? "nothing was" : "only the first " + recorded + " of " + wanted + " were";
        JournalException refusal = new JournalException(
                "cannot append to the journal in " + folder + "; " + what
                        + " recorded. The folder must be writable and have free space",
                recorded,
                failure);
        if (!toldOfFailure) {
            toldOfFailure = true;
            tell(refusal);
        }
        return refusal;
    }

    private void tell(JournalException refusal) {
        LOG.atWarn()
                .addKeyValue("folder", folder)
                .addKeyValue("reason", refusal.getMessage())
                .log("a journal refuses records; further ones for this cause are counted, not logged");
    }
}
