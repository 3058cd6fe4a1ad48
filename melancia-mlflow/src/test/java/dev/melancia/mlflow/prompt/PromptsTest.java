package dev.melancia.mlflow.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.tracking.ScriptedServer;
import dev.melancia.mlflow.tracking.ScriptedServer.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptsTest {

    private static final String PROMPT = "{\"key\":\"mlflow.prompt.is_prompt\",\"value\":\"true\"}";

    private ScriptedServer server;
    private MlflowApi api;
    private Prompts prompts;
    private volatile Reply model = Reply.ok(model(""));
    private volatile String runTag = "";

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer((path, body) -> {
            if (path.startsWith("registered-models/get")) {
                return model;
            }
            return Reply.ok("{\"run\":{\"data\":{\"tags\":[" + runTag + "]}}}");
        });
        api = server.api();
        prompts = Prompts.on(api);
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    private List<ThrowingCallable> changes() {
        return List.of(
                () -> prompts.setAlias("m", "a", 1),
                () -> prompts.deleteAlias("m", "a"),
                () -> prompts.tag("m", "k", "v"),
                () -> prompts.tag("m", 1, Map.of("k", "v")),
                () -> prompts.describe("m", "x"),
                () -> prompts.showIn("m", "1"),
                () -> prompts.delete("m", 1),
                () -> prompts.delete("m"));
    }

    @Test
    void aModelThatIsNoPromptIsNeitherChangedNorDeleted() {
        for (ThrowingCallable change : changes()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(change)
                    .withMessageContaining("\"m\" is a registered model, not a prompt");
        }
        assertThat(server.requests).allMatch(request -> request.startsWith("registered-models/get"));
    }

    @Test
    void aPromptThatIsNotThereIsToldByName() {
        model = Reply.refused(404, "RESOURCE_DOES_NOT_EXIST", "no");
        for (ThrowingCallable change : changes().subList(0, 6)) {
            assertThatThrownBy(change)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("MLflow has no prompt \"m\"");
        }
        prompts.delete("m", 1);
        prompts.delete("m");
        assertThat(server.requests).allMatch(request -> request.startsWith("registered-models/get"));
    }

    @Test
    void aPromptIsChanged() {
        model = Reply.ok(model(PROMPT));
        prompts.setAlias("m", "a", 1);
        prompts.delete("m");
        assertThatIllegalArgumentException().isThrownBy(() -> prompts.setAlias("m", "latest", 1));
        assertThat(server.requests)
                .filteredOn(request -> !request.startsWith("registered-models/get"))
                .extracting(request -> request.replaceFirst(" .*", ""))
                .containsExactly("registered-models/alias", "registered-models/delete");
    }

    @Test
    void aLinkThatDoesNotStayIsTold() {
        PromptVersion version =
                PromptVersion.of(NewPrompt.of("p", PromptTemplate.text("x")).build(), 1, Instant.EPOCH);
        assertThatThrownBy(() -> prompts.link("r", List.of(version)))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("link again");
        assertThat(server.requests)
                .filteredOn(request -> request.startsWith("runs/set-tag"))
                .hasSize(5);
        runTag =
                "{\"key\":\"mlflow.linkedPrompts\",\"value\":\"[{\\\"name\\\":\\\"p\\\",\\\"version\\\":\\\"1\\\"}]\"}";
        prompts.link("r", List.of(version));
    }

    private static String model(String tag) {
        return "{\"registered_model\":{\"name\":\"m\",\"tags\":[" + tag + "]}}";
    }
}
