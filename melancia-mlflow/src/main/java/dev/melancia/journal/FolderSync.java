package dev.melancia.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Brings the names in a folder to the device, where a power cut could lose them although the content of the files is there.
 *
 * @since 0.1.0
 */
public final class FolderSync {

    private FolderSync() {}

    /**
     * Syncs the folder; does nothing on Windows, which cannot open one. An interrupt, which would close the channel, is put
     * off.
     *
     * @throws IOException when the device refuses
     */
    public static void sync(Path folder) throws IOException {
        if (!folder.getFileSystem().getSeparator().equals("/")) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
