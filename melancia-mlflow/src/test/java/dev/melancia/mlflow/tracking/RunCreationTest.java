package dev.melancia.mlflow.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.tracking.ScriptedServer.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunCreationTest {

    /** Runs that the server has, by what happened to their creation. */
    private final List<String> runs = new ArrayList<>();

    private int creations;

    @Test
    void aCreationIsOneRequest() throws IOException {
        try (ScriptedServer server = new ScriptedServer((path, body) -> creating(body, true))) {
            assertThat(create(server).id()).isEqualTo("run1");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void aRunWhoseCreationWasNotAnsweredIsAdopted() throws IOException {
        try (ScriptedServer server = new ScriptedServer((path, body) -> {
            if (path.equals("runs/search")) {
                return found();
            }
            creating(body, true);
            return Reply.dropped();
        })) {
            assertThat(create(server).id()).isEqualTo("run1");
            assertThat(creations).isEqualTo(1);
            String key =
                    server.requests.get(0).replaceFirst(".*melancia.run_id\",\"value\":\"([0-9a-f]{32})\".*", "$1");
            assertThat(server.requests.get(1)).contains("tags.`melancia.run_id` = '" + key + "'");
        }
    }

    @Test
    void aRunThatWasNotCreatedIsCreatedAgain() throws IOException {
        try (ScriptedServer server = new ScriptedServer((path, body) -> {
            if (path.equals("runs/search")) {
                return found();
            }
            return creating(body, creations > 0);
        })) {
            assertThat(create(server).id()).isEqualTo("run1");
            assertThat(creations).isEqualTo(2);
        }
    }

    @Test
    void aCreationThatWasSlowerThanTheSearchLeavesOneRun() throws IOException {
        try (ScriptedServer server = new ScriptedServer((path, body) -> {
            if (path.equals("runs/delete")) {
                runs.removeIf(run -> body.contains('"' + run + '"'));
                return Reply.ok("{}");
            }
            if (path.equals("runs/search")) {
                return creations == 1 ? Reply.ok("{}") : found();
            }
            Reply created = creating(body, true);
            return creations == 1 ? Reply.dropped() : created;
        })) {
            assertThat(create(server).id()).isEqualTo("run1");
            assertThat(runs).containsExactly("run1");
        }
    }

    @Test
    void aTwinThatSomebodyRecordedIntoIsNotDeleted() throws IOException {
        for (String data : List.of(
                "\"metrics\":[{\"key\":\"m\",\"value\":1}]",
                "\"params\":[{\"key\":\"p\",\"value\":\"1\"}]",
                "\"tags\":[{\"key\":\"mine\",\"value\":\"1\"}]")) {
            assertThat(deletionsOfTwinWith(data)).as(data).isZero();
        }
        assertThat(deletionsOfTwinWith("\"tags\":[{\"key\":\"mlflow.user\",\"value\":\"u\"}]"))
                .isEqualTo(1);
    }

    private long deletionsOfTwinWith(String data) throws IOException {
        String twins = "{\"runs\":[{\"info\":{\"run_id\":\"run1\"}},{\"info\":{\"run_id\":\"run2\"},\"data\":{" + data
                + "}}]}";
        try (ScriptedServer server =
                new ScriptedServer((path, body) -> path.equals("runs/create") ? Reply.dropped() : Reply.ok(twins))) {
            assertThat(create(server).id()).isEqualTo("run1");
            return server.requests.stream()
                    .filter(request -> request.startsWith("runs/delete"))
                    .count();
        }
    }

    @Test
    void aRefusedCreationIsNotRepeated() throws IOException {
        try (ScriptedServer server = new ScriptedServer((path, body) -> {
            creations++;
            return Reply.refused(400, "INVALID_PARAMETER_VALUE", "no");
        })) {
            assertThatThrownBy(() -> create(server)).isInstanceOf(MlflowException.class);
            assertThat(server.requests)
                    .filteredOn(request -> request.startsWith("runs/create"))
                    .hasSize(1);
        }
    }

    @Test
    void aKeyOfARunThatWasDeletedIsRefused() throws IOException {
        String deleted = "{\"runs\":[{\"info\":{\"run_id\":\"run1\",\"lifecycle_stage\":\"deleted\"}}]}";
        try (ScriptedServer server = new ScriptedServer((path, body) -> path.equals("runs/search")
                        ? Reply.ok(body.contains("\"run_view_type\":\"ALL\"") ? deleted : "{}")
                        : creating(body, true));
                MlflowApi api = server.api()) {
            NewRun run = NewRun.builder("1").name("r").key("0".repeat(32)).build();
            assertThatThrownBy(() -> Runs.on(api).create(run))
                    .isInstanceOf(MlflowException.class)
                    .hasMessageContaining("is deleted; restore it");
            assertThat(creations).isZero();
        }
    }

    private static ServerRun create(ScriptedServer server) {
        try (MlflowApi api = server.api()) {
            return Runs.on(api).create(NewRun.builder("1").name("r").build());
        }
    }

    private Reply creating(String body, boolean works) {
        creations++;
        if (!works) {
            return new Reply(503, "busy");
        }
        assertThat(body).contains("\"run_name\":\"r\"");
        runs.add("run" + (runs.size() + 1));
        return run(runs.get(runs.size() - 1));
    }

    private static Reply run(String id) {
        return Reply.ok("{\"run\":{\"info\":{\"run_id\":\"" + id + "\"}}}");
    }

    private Reply found() {
        List<String> found = runs.stream()
                .map(run -> "{\"info\":{\"run_id\":\"" + run + "\"}}")
                .toList();
        return Reply.ok("{\"runs\":[" + String.join(",", found) + "]}");
    }
}
