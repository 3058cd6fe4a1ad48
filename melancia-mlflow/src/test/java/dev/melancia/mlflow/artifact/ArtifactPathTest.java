package dev.melancia.mlflow.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "100%", "100%/x", "a?b", "a;b/c", "日本 ç.txt", " lead", ".hidden", "a..b"})
    void namesThatTheServerKeepsAreAccepted(String path) {
        assertThat(ArtifactPath.checked(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a\\b", "a#b", "a%20b", "x%2Fy", "a?", "a;/b",
                "a\n"
            })
    void namesThatTheServerRefusesOrChangesAreNotSent(String path) {
        assertThatThrownBy(() -> ArtifactPath.checked(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("artifact path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "..", "", ".", "a/..", "..\\x", "C:\\x", "C:x", "a//b"})
    void aPathFromAServerStaysBelowTheFolder(String path) {
        assertThat(ArtifactPath.below(Path.of("target"), path)).isEmpty();
    }

    @Test
    void otherPathsFromAServerAreFilesBelow() {
        assertThat(ArtifactPath.below(Path.of("target"), "a/b c.txt")).contains(Path.of("target/a/b c.txt"));
        assertThat(ArtifactPath.below(Path.of(""), "a")).contains(Path.of("a"));
    }

    @Test
    void segmentsAreEncoded() {
        assertThat(ArtifactPath.encoded("a b/ç%?+")).isEqualTo("a%20b/%C3%A7%25%3F%2B");
    }
}
