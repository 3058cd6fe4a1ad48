package dev.melancia.mlflow.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.tracking.ScriptedServer;
import dev.melancia.mlflow.tracking.ScriptedServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {

    private static final String RUN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private ScriptedServer server;
    private MlflowApi api;
    private volatile String root = "mlflow-artifacts:/1/" + RUN + "/artifacts";
    private volatile Reply list = Reply.ok("{}");
    private volatile Reply content = Reply.ok("content");
    private volatile String tag = "";

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer((path, body) -> {
            if (path.startsWith("runs/get")) {
                return Reply.ok("{\"run\":{\"info\":{\"artifact_uri\":\"" + root + "\"},\"data\":{\"tags\":["
                        + "{\"key\":\"mlflow.loggedArtifacts\",\"value\":\"" + tag + "\"}]}}}");
            }
            return path.contains("?path=") ? list : path.startsWith("runs/") ? Reply.ok("{}") : content;
        });
        api = server.api();
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void aServerCannotChooseFilesOutsideOfTheFolder() {
        for (String name : List.of("../evil", "/etc/evil", "..", "a/../../evil")) {
            list = Reply.ok("{\"files\":[{\"path\":\"" + name + "\"}]}");
            assertThatThrownBy(() -> artifacts().download("", folder.resolve("in")))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("leads to another folder");
        }
        list = Reply.ok("{\"files\":[{\"path\":\"..\\\\evil\"}]}");
        assertThatThrownBy(() -> artifacts().download("", folder.resolve("in")))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("outside of");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDownloadThatBreaksOffLeavesWhatStoodThere() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "before");
        content = Reply.broken("beg");
        assertThatThrownBy(() -> artifacts().download("a.txt", folder)).isInstanceOf(MlflowException.class);
        assertThat(folder.toFile().list()).containsExactly("a.txt");
        assertThat(folder.resolve("a.txt")).hasContent("before");
        content = Reply.ok("after");
        artifacts().download("a.txt", folder);
        assertThat(folder.toFile().list()).containsExactly("a.txt");
        assertThat(folder.resolve("a.txt")).hasContent("after");
    }

    @Test
    void aStoreThatIsNotHandedOnIsToldWithTheRemedy() {
        for (String uri : List.of("s3://key:secret@bucket/1", "/srv/mlruns/1", "file:///srv/1", "C:\\\\mlruns")) {
            root = uri;
            assertThatThrownBy(this::artifacts)
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining(uri.startsWith("s3") ? "scheme \"s3\"" : "scheme \"file\"")
                    .hasMessageContaining("--serve-artifacts")
                    .hasMessageContaining("ArtifactRepository")
                    .hasMessageNotContaining("secret");
        }
        root = "mlflow-artifacts://elsewhere:5000/1";
        assertThatThrownBy(this::artifacts).hasMessageContaining("on another MLflow server");
    }

    @Test
    void aStoreOfOnesOwnIsSpokenToByItsScheme() {
        root = "s3://bucket/1";
        Memory memory = new Memory();
        Artifacts artifacts = Artifacts.of(api, RUN, Map.of("s3", memory));
        artifacts.putText("d/a.txt", "olá");
        assertThat(memory.files).containsOnlyKeys("s3://bucket/1/d/a.txt");
        assertThat(artifacts.text("d/a.txt")).isEqualTo("olá");
        assertThat(artifacts.download("d", folder).resolve("a.txt")).hasContent("olá");
        assertThatThrownBy(() -> artifacts.putText("../a", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFolderWithANameThatCannotBeSentIsNotSentAtAll() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "x");
        Files.writeString(folder.resolve("b#.txt"), "x");
        assertThatThrownBy(() -> artifacts().putFolder("", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b#.txt");
        assertThat(server.requests).allMatch(request -> request.startsWith("runs/get"));
    }

    @Test
    void tooManyTablesAreToldBeforeTheServerCutsTheTag() {
        tag = "[{\\\"path\\\":\\\"" + "x".repeat(7990) + "\\\",\\\"type\\\":\\\"table\\\"}]";
        ArtifactTable table = new ArtifactTable(List.of("a"), List.of(List.of(1)));
        content = new Reply(200, "{}");
        assertThatThrownBy(() -> artifacts().putTable("t.json", table))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("at most 8000 characters");
        assertThat(server.requests).noneMatch(request -> request.startsWith("runs/set-tag"));
    }

    @Test
    void tablesAreCheckedWhenTheyAreMade() {
        assertThatThrownBy(() -> new ArtifactTable(List.of("a", "b"), List.of(List.of(1))))
                .hasMessageContaining("row 0 must have 2 values");
        assertThat(ArtifactTable.of(List.of("a", "b"), List.of(List.of(Double.NaN, List.of(1))))
                        .rows())
                .containsExactly(Arrays.asList(null, "[1]"));
        assertThatThrownBy(() -> new ArtifactTable(List.of("a", "a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rowsThatThreadsAppendAtOnceAreAllKept() throws Exception {
        root = "s3://bucket/1";
        tag = "[]";
        Artifacts artifacts = Artifacts.of(api, RUN, Map.of("s3", new Memory()));
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<?>> appends = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                ArtifactTable row = new ArtifactTable(List.of("a"), List.of(List.of(i)));
                appends.add(pool.submit(() -> {
                    together.await();
                    artifacts.appendTable("d/t.json", row);
                    return null;
                }));
            }
            for (Future<?> append : appends) {
                append.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(artifacts.table("d/t.json").rows()).hasSize(threads);
    }

    private Artifacts artifacts() {
        return Artifacts.of(api, RUN);
    }

    /** Uses the methods that have a default, too. */
    private static final class Memory implements ArtifactRepository {

        private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

        @Override
        public void put(String root, String path, Path file) throws IOException {
            files.put(root + "/" + path, Files.readAllBytes(file));
        }

        @Override
        public void fetch(String root, String path, Path file) throws IOException {
            Files.write(file, files.get(root + "/" + path));
        }

        @Override
        public List<ArtifactFile> list(String root, String folder) {
            List<ArtifactFile> found = new ArrayList<>();
            files.forEach((name, bytes) -> {
                if (name.startsWith(root + "/" + folder + "/")) {
                    found.add(
                            new ArtifactFile(name.substring(root.length() + 1), false, OptionalLong.of(bytes.length)));
                }
            });
            return found;
        }

        @Override
        public void delete(String root, String path) {
            files.remove(root + "/" + path);
        }
    }
}
