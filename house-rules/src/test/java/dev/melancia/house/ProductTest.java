package dev.melancia.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductTest {

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("kept.md"), "kept");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve(".factorypath"), "<factorypath/>");
        Files.write(folder.resolve("state.bin"), new byte[] {0, -1});
    }

    @Test
    void looksOnlyAtWhatGitKeeps() throws Exception {
        assumeTrue(git("init", "-q") && git("add", "kept.md", "state.bin"), "there is no git");

        assertThat(Product.texts(folder)).containsExactly(folder.resolve("kept.md"));
    }

    @Test
    void leavesOutHiddenAndBinaryFilesWhereThereIsNoRepository() {
        assertThat(Product.texts(folder)).containsExactly(folder.resolve("kept.md"), folder.resolve("notes.txt"));
    }

    @Test
    void findsTheTextsOfThisRepository() {
        assertThat(Product.texts())
                .contains(Product.root().resolve("README.md"), Product.root().resolve("pom.xml"));
    }

    private boolean git(String... arguments) throws InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            return new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
