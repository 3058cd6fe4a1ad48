package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.melancia.mlflow.registry.ModelStage;
import dev.melancia.mlflow.registry.NewVersion;
import dev.melancia.mlflow.registry.RegisteredModels;
import dev.melancia.mlflow.rest.MlflowApi;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mlflow.tracking.MlflowClient;

/** On a real MLflow server, with what is done on its own pages beside us. */
class MlflowModelRegistryIT extends ModelRegistryContract {

    private final MlflowServer server = MlflowServer.fromEnvironment();
    private final MlflowApi api = server.connect();
    private final RegisteredModels raw = RegisteredModels.on(api);

    @Override
    ModelRegistry open(InstantSource clock) {
        return ModelRegistry.mlflow(api, clock);
    }

    @AfterEach
    void deleteModel() {
        raw.delete(model);
        api.close();
    }

    @Test
    void mlflowsOwnClientSeesStagesAndTheHistory() {
        for (int i = 1; i <= 2; i++) {
            register();
            promote(i);
        }
        registry.rollback(model, 2, ChangeNote.by("rui", "datas erradas"));

        try (MlflowClient theirs = new MlflowClient(server.uri())) {
            assertThat(theirs.getModelVersion(model, "1").getCurrentStage()).isEqualTo("Production");
            assertThat(theirs.getModelVersion(model, "2").getCurrentStage()).isEqualTo("Archived");
            assertThat(theirs.getModelVersion(model, "1").getDescription()).isEqualTo("because");
            assertThat(theirs.getRegisteredModel(model).getLatestVersionsList()).isNotEmpty();
        }
        assertThat(raw.get(model).tags().values())
                .anyMatch(value -> value.contains("rolled_back") && value.contains("datas erradas"));
    }

    @Test
    void whatWasDoneOnTheServersPagesCounts() {
        for (int i = 1; i <= 2; i++) {
            register();
            promote(i);
        }
        NewVersion theirs =
                NewVersion.ofSource(model, "s3://b/theirs").description("a\nb").build();
        raw.versions().register(theirs);
        raw.versions().moveTo(model, 3, ModelStage.PRODUCTION, true);

        assertThat(registry.find(model, 3).orElseThrow().note()).isEmpty();
        assertThat(registry.rollback(model, 3, NOTE).version()).isEqualTo(2);
    }

    @Test
    void aVersionThatWasDeletedIsPassedOver() {
        for (int i = 1; i <= 3; i++) {
            register();
            promote(i);
        }
        raw.versions().delete(model, 2);

        assertThat(registry.rollback(model, 3, NOTE).version()).isEqualTo(1);
    }

    @Test
    void aChangeThatWasBegunAndNotMadeDoesNotMisleadTheWayBack() {
        for (int i = 1; i <= 3; i++) {
            register();
        }
        promote(1);
        promote(2);
        ModelChange begun =
                new ModelChange(InstantSource.system().instant(), ModelChange.Kind.MOVED, 3, "Production", NOTE, false);
        raw.tag(
                model,
                "melancia.history.99999999999999999.x",
                ChangeJson.write(begun).toString());

        List<ModelChange> history = registry.history(model);
        assertThat(history.get(history.size() - 1).confirmed()).isFalse();
        assertThat(registry.rollback(model, 2, NOTE).version()).isEqualTo(1);
    }

    @Test
    void tagsOfOthersInOurNameDoNoHarm() {
        register();
        raw.tag(model, "melancia.history.1", "not json {");
        raw.tag(model, "melancia.history.2", "{\"kind\":\"moved\",\"version\":0}");
        raw.tag(model, "melancia.history.3", "{\"kind\":\"something new\",\"version\":1}");

        assertThat(registry.history(model)).hasSize(1);
    }

    @Test
    void theHistoryIsBoundedAndKeepsTheWayBackLongest() {
        Map<String, String> longAgo = new HashMap<>();
        for (int i = 0; i < 160; i++) {
            boolean production = i < 2;
            ModelChange change = new ModelChange(
                    Instant.EPOCH.plusSeconds(i),
                    production ? ModelChange.Kind.MOVED : ModelChange.Kind.TAGGED,
                    production ? i + 1 : 1,
                    production ? "Production" : "n",
                    NOTE,
                    true);
            String key = "melancia.history.000000" + (1_000 + i) + "0000000.x";
            longAgo.put(key, ChangeJson.write(change).toString());
        }
        raw.create(model, "", longAgo);
        for (int i = 1; i <= 2; i++) {
            raw.versions().register(NewVersion.ofSource(model, "s3://b/" + i).build());
        }
        raw.versions().moveTo(model, 2, ModelStage.PRODUCTION, true);
        registry.tag(model, 1, Map.of("k", "v"), NOTE);

        List<ModelChange> history = registry.history(model);
        assertThat(history).hasSize(152);
        assertThat(history.subList(0, 2)).allMatch(ProductionLine::concerns);
        assertThat(history.get(2).at()).isEqualTo(Instant.EPOCH.plusSeconds(11));
        assertThat(history.get(151).detail()).isEqualTo("k");
        assertThat(registry.rollback(model, 2, NOTE).version()).isEqualTo(1);
    }

    @Test
    void aPromptIsNoModel() {
        raw.create(model, "", Map.of("mlflow.prompt.is_prompt", "true"));

        assertThatIllegalArgumentException().isThrownBy(this::register).withMessageContaining("is a prompt");
        assertThat(registry.models()).doesNotContain(model);
    }

    @Test
    void aModelThatWasDeletedIsGone() {
        register();
        raw.delete(model);

        whatIsMissingIsTold();
    }
}
