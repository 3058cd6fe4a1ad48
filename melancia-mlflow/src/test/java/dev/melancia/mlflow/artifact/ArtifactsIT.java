package dev.melancia.mlflow.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.mlflow.MlflowClient;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.rest.MlflowSettings;
import dev.melancia.mlflow.tracking.ActiveRun;
import dev.melancia.mlflow.tracking.RealServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts of a real server, read back by plain HTTP: MLflow's own Java client needs Python for them. */
class ArtifactsIT {

    private static final List<String> ODD = List.of(
            "plain.txt",
            "com espaço/ação ç.txt",
            "日本/語.md",
            "100%/50% off.txt",
            "what? yes/a;b/why?.txt",
            "a+b&c=d;e'f\"g.txt",
            " lead",
            "deep/er/and/deeper/x");

    @TempDir
    Path folder;

    private RealServer server;
    private MlflowClient client;
    private ActiveRun run;

    @BeforeEach
    void connect() {
        server = RealServer.find();
        client = MlflowClient.connect(MlflowSettings.builder(server.uri()).build());
        run = client.startRun("melancia-it-artifacts", "artifacts");
    }

    @AfterEach
    void close() {
        if (client != null) {
            run.close();
            client.close();
        }
    }

    @Test
    void aFolderWithOddNamesComesBackAsItWas() throws Exception {
        Path source = folder.resolve("source");
        for (String name : ODD) {
            write(source.resolve(name), "content of " + name);
        }
        write(source.resolve("empty.bin"), "");
        Files.createSymbolicLink(source.resolve("linked.txt"), source.resolve("plain.txt"));
        Artifacts artifacts = run.artifacts();
        assertThat(artifacts.putFolder("all of it", source)).isEqualTo(ODD.size() + 2);
        assertThat(artifacts.listAll())
                .extracting(ArtifactFile::path)
                .contains("all of it/empty.bin", "all of it/linked.txt")
                .containsAll(ODD.stream().map(name -> "all of it/" + name).toList())
                .hasSize(ODD.size() + 2);
        assertThat(artifacts.list("all of it"))
                .filteredOn(file -> file.path().equals("all of it/empty.bin"))
                .singleElement()
                .matches(file -> file.bytes().orElseThrow() == 0 && !file.folder());
        Path fetched = artifacts.download("all of it", folder.resolve("fetched"));
        assertThat(contents(fetched)).isEqualTo(contents(source));
        assertThat(plainGet("all%20of%20it/100%25/50%25%20off.txt")).isEqualTo("content of 100%/50% off.txt");
        assertThat(plainGet("all%20of%20it/%E6%97%A5%E6%9C%AC/%E8%AA%9E.md")).isEqualTo("content of 日本/語.md");
    }

    @Test
    void textsBytesAndJsonAreReadBackReplacedAndDeleted() {
        run.artifact("t/olá.txt", "olá");
        run.artifact("t/olá.txt", "olá de novo");
        run.artifact("b", new byte[] {0, -1, 7});
        Artifacts artifacts = client.artifacts(run.id());
        artifacts.putJson("config.json", Map.of("k", List.of(1, "dois", Double.NaN)));
        assertThat(artifacts.text("t/olá.txt")).isEqualTo("olá de novo");
        assertThat(artifacts.bytes("b")).containsExactly(0, -1, 7);
        JsonNode config = artifacts.json("config.json");
        assertThat(config.path("k").path(1).asText()).isEqualTo("dois");
        assertThat(artifacts.exists("t/olá.txt")).isTrue();
        assertThat(artifacts.exists("t")).isTrue();
        artifacts.delete("t");
        artifacts.delete("t");
        assertThat(artifacts.exists("t/olá.txt")).isFalse();
        assertThat(artifacts.listAll()).extracting(ArtifactFile::path).containsExactlyInAnyOrder("b", "config.json");
        assertThat(artifacts.download("", folder.resolve("all")).resolve("b")).exists();
        assertThat(artifacts.download("b", folder.resolve("one"))).isEqualTo(folder.resolve("one/b"));
    }

    @Test
    void tablesAreAnnouncedAsPythonDoes() throws Exception {
        ArtifactTable table = new ArtifactTable(
                List.of("pergunta", "nota", "ok"),
                List.of(Arrays.asList("2+2?", 0.5, true), Arrays.asList("日本?", null, false)));
        Artifacts artifacts = run.artifacts();
        artifacts.putTable("eval_results.json", table);
        artifacts.appendTable("eval_results.json", new ArtifactTable(table.columns(), List.of(List.of("3", 1, true))));
        artifacts.appendTable("other.json", table);
        ArtifactTable read = artifacts.table("eval_results.json");
        assertThat(read.columns()).isEqualTo(table.columns());
        assertThat(read.rows())
                .hasSize(3)
                .startsWith(table.rows().get(0), table.rows().get(1));
        JsonNode tags = server.run(run.id()).path("data").path("tags");
        assertThat(tags)
                .anyMatch(tag -> tag.path("key").asText().equals("mlflow.loggedArtifacts")
                        && tag.path("value")
                                .asText()
                                .equals("[{\"path\":\"eval_results.json\",\"type\":\"table\"},"
                                        + "{\"path\":\"other.json\",\"type\":\"table\"}]"));
        assertThat(plainGet("other.json"))
                .isEqualTo(
                        "{\"columns\":[\"pergunta\",\"nota\",\"ok\"],\"data\":[[\"2+2?\",0.5,true],[\"日本?\",null,false]]}");
        assertThatThrownBy(() -> artifacts.appendTable("other.json", new ArtifactTable(List.of("x"), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same columns");
    }

    @Test
    void whatIsNotThereOrNotAFileIsToldClearly() {
        Artifacts artifacts = run.artifacts();
        artifacts.putText("d/f", "x");
        assertThatThrownBy(() -> artifacts.text("nope"))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("must have an artifact \"nope\"")
                .hasMessageContaining("has none; listAll() tells");
        assertThatThrownBy(() -> artifacts.download("nope", folder))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("has none");
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> artifacts.text("d"))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("has a folder there");
        assertThatThrownBy(() -> artifacts.json("d/f"))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("must be JSON");
        assertThatThrownBy(() -> artifacts.put("x", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a regular file");
    }

    private String plainGet(String encoded) throws IOException, InterruptedException {
        return server.get("/get-artifact?run_uuid=" + run.id() + "&path=" + encoded)
                .body();
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
