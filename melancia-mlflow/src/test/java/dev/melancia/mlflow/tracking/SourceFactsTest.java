package dev.melancia.mlflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceFactsTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String OTHER = "89abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void aProcessOutsideOfGitHasUserSourceAndType() {
        assertThat(SourceFacts.of(Map.of(), folder, "ana", "br.loja.Treino --token=segredo")
                        .tags())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "mlflow.user", "ana",
                        "mlflow.source.name", "br.loja.Treino",
                        "mlflow.source.type", "LOCAL"));
    }

    @Test
    void whatIsUnknownIsLeftOut() {
        assertThat(SourceFacts.of(Map.of(), folder, "?", "").tags()).containsOnlyKeys("mlflow.source.type");
    }

    @ParameterizedTest
    @CsvSource({
        "br.loja.Treino a b, br.loja.Treino",
        "/srv/meus jars/app.jar --x=y.jar, app.jar",
        "app.jar x, app.jar",
        "br.loja/br.loja.Treino x, br.loja/br.loja.Treino",
        "/usr/bin/native x, native",
        "./native, native",
        "C:\\apps\\app.jar x, app.jar"
    })
    void theProgramIsToldWithoutFolderAndArguments(String command, String told) {
        assertThat(SourceFacts.of(Map.of(), folder, "", command).tags()).containsEntry("mlflow.source.name", told);
    }

    @Test
    void aBranchIsReadFromAFolderInside() {
        write(".git/HEAD", "ref: refs/heads/feature/ação\n");
        write(".git/refs/heads/feature/ação", COMMIT + "\n");
        write(".git/config", """
                [core]
                	url = no
                [remote "fork"]
                	url = https://x.test/fork.git
                [remote "origin"]
                	url = https://ana:segredo@x.test:8443/a/b.git?t=1 ; why
                """);
        assertGit(folder.resolve("a/b"), COMMIT, "feature/ação", "https://x.test:8443/a/b.git");
    }

    @Test
    void packedReferencesAreRead() {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(
                ".git/packed-refs",
                "# pack-refs with: peeled\n" + OTHER + " refs/heads/not/refs/heads/main\n" + COMMIT
                        + " refs/heads/main\n^" + OTHER + "\n");
        assertThat(git(folder)).containsEntry("mlflow.source.git.commit", COMMIT);
    }

    @Test
    void aWorktreeHasItsOwnHeadAndTheCommonReferences() {
        write("main/.git/HEAD", "ref: refs/heads/main\n");
        write("main/.git/refs/heads/main", OTHER + "\n");
        write("main/.git/refs/heads/client", COMMIT + "\n");
        write("main/.git/config", "[remote \"up\"]\n\turl = \"git@x.test:a/b.git\"\n");
        write("main/.git/worktrees/client/HEAD", "ref: refs/heads/client\n");
        write("main/.git/worktrees/client/commondir", "../..\n");
        write("tree/.git", "gitdir: ../main/.git/worktrees/client\n");
        assertGit(folder.resolve("tree"), COMMIT, "client", "git@x.test:a/b.git");
    }

    @Test
    void aDetachedHeadHasNoBranchUnlessTheBuildServerTellsIt() {
        write(".git/HEAD", COMMIT + "\n");
        assertThat(git(folder))
                .containsEntry("mlflow.source.git.commit", COMMIT)
                .doesNotContainKey("mlflow.source.git.branch");
        Map<String, String> server =
                Map.of("CI", "true", "GITHUB_SHA", COMMIT, "GITHUB_REF_NAME", "7/merge", "GITHUB_HEAD_REF", "topic");
        assertThat(SourceFacts.of(server, folder, "", "").tags())
                .containsEntry("mlflow.source.git.branch", "topic")
                .containsEntry("mlflow.source.type", "JOB");
        Map<String, String> other = Map.of("CI", "true", "GITHUB_SHA", OTHER, "GITHUB_REF_NAME", "topic");
        assertThat(SourceFacts.of(other, folder, "", "").tags()).doesNotContainKey("mlflow.source.git.branch");
    }

    @Test
    void aBuildServerStandsInForAMissingCheckout() {
        Map<String, String> server = Map.of(
                "GITLAB_CI",
                "true",
                "CI_COMMIT_SHA",
                COMMIT,
                "CI_COMMIT_REF_NAME",
                "main",
                "CI_PROJECT_URL",
                "https://token:x@x.test/a/b");
        assertThat(SourceFacts.of(server, folder, "", "").tags())
                .containsEntry("mlflow.source.git.commit", COMMIT)
                .containsEntry("mlflow.source.git.branch", "main")
                .containsEntry("mlflow.source.git.repoURL", "https://x.test/a/b");
    }

    @Test
    void brokenFilesOfGitAreNoError() {
        write(".git/HEAD", "ref: refs/heads/loop\n");
        write(".git/refs/heads/loop", "ref: refs/heads/loop\n");
        write(".git/config", "[remote \"origin\"\nurl\n");
        assertThat(git(folder)).doesNotContainKeys("mlflow.source.git.commit", "mlflow.source.git.repoURL");
        write("sub/.git", "gitdir: \0\n");
        assertThat(git(folder.resolve("sub"))).containsOnlyKeys("mlflow.source.type");
    }

    @Test
    void theRunContextAddsTagsAndIsIgnoredWhenItIsNotJson() {
        assertThat(SourceFacts.of(
                                Map.of(
                                        "MLFLOW_RUN_CONTEXT",
                                        "{\"mlflow.user\":\"robot\",\"k\":\"v\",\"no@key\":\"v\"}"),
                                folder,
                                "ana",
                                "")
                        .tags())
                .containsEntry("mlflow.user", "robot")
                .containsEntry("k", "v")
                .doesNotContainKey("no@key");
        assertThat(SourceFacts.of(Map.of("MLFLOW_RUN_CONTEXT", "{"), folder, "ana", "")
                        .tags())
                .containsEntry("mlflow.user", "ana");
    }

    @ParameterizedTest
    @CsvSource({
        "https://ana:pw@x.test/a, https://x.test/a",
        "https://tok@x.test, https://x.test",
        "https://x.test?token=1, https://x.test",
        "ssh://git:pw@x.test:22/a.git, ssh://git@x.test:22/a.git",
        "git@x.test:a/b.git, git@x.test:a/b.git",
        "https://ana:p@w@x.test/a, https://x.test/a"
    })
    void credentialsAreTakenOutOfUrls(String url, String told) {
        assertThat(RepositoryUrl.withoutCredentials(url)).isEqualTo(told);
    }

    @Test
    void thisProcessHasFacts() {
        assertThat(SourceFacts.detect().tags()).containsKeys("mlflow.source.name", "mlflow.source.type");
    }

    private static Map<String, String> git(Path at) {
        return SourceFacts.of(Map.of(), at, "", "").tags();
    }

    private static void assertGit(Path at, String commit, String branch, String url) {
        assertThat(git(at))
                .containsEntry("mlflow.source.git.commit", commit)
                .containsEntry("mlflow.source.git.branch", branch)
                .containsEntry("mlflow.source.git.repoURL", url);
    }

    private void write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
