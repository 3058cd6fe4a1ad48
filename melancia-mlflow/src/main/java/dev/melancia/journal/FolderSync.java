package dev.melancia.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The name of a new file is in its folder, which has to reach the device as well. */
final class FolderSync {

    private FolderSync() {}

    /** Does nothing on Windows, which cannot open a folder. */
    static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().getSeparator().equals("/")) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }
}
