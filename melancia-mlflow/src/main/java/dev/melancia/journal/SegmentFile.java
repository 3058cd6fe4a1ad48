package dev.melancia.journal;

import java.io.IOException;
import java.nio.file.Path;

/** The file behind a segment that is being written; the seam where a test lets the disk fill up. */
interface SegmentFile {

    /** Writes all bytes at the end, or throws; after a throw any part of them may be in the file. */
    void write(byte[] bytes) throws IOException;

    /** Bytes in the file, those of failed writes included. */
    long length() throws IOException;

    /** Brings everything written to the device. */
    void sync() throws IOException;

    void close() throws IOException;

    /** Creates the file of a segment, which must not exist yet. */
    interface Opener {
        SegmentFile create(Path file) throws IOException;

        /** Brings the names in a folder to the device. */
        default void syncNames(Path folder) throws IOException {
            FolderSync.sync(folder);
        }
    }
}
