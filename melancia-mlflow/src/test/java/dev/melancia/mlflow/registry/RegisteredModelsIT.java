package dev.melancia.mlflow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import dev.melancia.mlflow.rest.MlflowSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.ModelRegistry;
import org.mlflow.tracking.MlflowClient;

/** A real MLflow server, read back with MLflow's own Java client and by plain requests. */
class RegisteredModelsIT {

    private final String name = "it's a model " + UUID.randomUUID();
    private String server = "";
    private MlflowApi api;
    private RegisteredModels models;

    @BeforeEach
    void findServer() {
        server = System.getenv().getOrDefault("MELANCIA_TEST_MLFLOW_URI", "");
        if (server.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("MELANCIA_TEST_MLFLOW_URI must name an MLflow server where CI is true");
        } else if (server.isEmpty()) {
            abort("MELANCIA_TEST_MLFLOW_URI is not set: no MLflow server to test against");
        }
        api = MlflowApi.connect(MlflowSettings.builder(URI.create(server)).build());
        models = RegisteredModels.on(api);
    }

    @AfterEach
    void deleteModel() {
        if (api != null) {
            models.delete(name);
            api.close();
        }
    }

    @Test
    void versionsStagesAndAliasesAreSeenByMlflowsOwnClient() {
        String run = createRun();
        models.create(name, "responde perguntas", Map.of("equipe", "ação"));
        ModelVersion first =
                models.versions().register(NewVersion.ofRun(name, run, "model").build());
        NewVersion.Builder second = NewVersion.ofSource(name, "mlflow-artifacts:/0/" + run + "/artifacts/model");
        models.versions()
                .register(second.runId(run)
                        .tag("prova", "é")
                        .description("segunda")
                        .build());
        models.versions().moveTo(name, 1, ModelStage.PRODUCTION, true);
        models.versions().moveTo(name, 2, ModelStage.PRODUCTION, true);
        models.versions().setAlias(name, "champion", 2);

        assertThat(first.runId()).contains(run);
        try (MlflowClient theirs = new MlflowClient(server)) {
            ModelRegistry.RegisteredModel read = theirs.getRegisteredModel(name);
            assertThat(read.getDescription()).isEqualTo("responde perguntas");
            assertThat(theirs.getModelVersion(name, "1").getCurrentStage()).isEqualTo("Archived");
            ModelRegistry.ModelVersion two = theirs.getModelVersion(name, "2");
            assertThat(two.getCurrentStage()).isEqualTo("Production");
            assertThat(two.getDescription()).isEqualTo("segunda");
            assertThat(theirs.getModelVersion(name, "1").getSource()).isEqualTo("runs:/" + run + "/model");
        }
        JsonNode alias =
                api.get("/api/2.0/mlflow/registered-models/alias?name=" + MlflowApi.encode(name) + "&alias=champion");
        assertThat(alias.path("model_version").path("version").asText()).isEqualTo("2");
        assertThat(models.versions().byAlias(name, "champion").aliases()).containsExactly("champion");
        assertThat(models.versions().byAlias(name, "latest").version()).isEqualTo(2);
        assertThat(models.versions().get(name, 2).tags()).containsEntry("prova", "é");
    }

    @Test
    void everythingThatIsSetCanBeChangedAndTakenAway() {
        models.ensure(name);
        assertThat(models.ensure(name).name()).isEqualTo(name);
        models.tag(name, "a/b.c", "x");
        assertThat(models.describe(name, "outra").tags()).containsEntry("a/b.c", "x");
        models.untag(name, "a/b.c");
        models.untag(name, "a/b.c");
        assertThat(models.get(name).tags()).doesNotContainKey("a/b.c");
        assertThat(models.get(name).description()).isEqualTo("outra");

        models.versions().register(NewVersion.ofSource(name, "s3://bucket/m").build());
        models.versions().tag(name, 1, Map.of("k", "v"));
        assertThat(models.versions().describe(name, 1, "sim").tags()).containsEntry("k", "v");
        models.versions().untag(name, 1, "k");
        assertThat(models.versions().get(name, 1).tags()).doesNotContainKey("k");
        models.versions().setAlias(name, "a", 1);
        assertThat(models.get(name).aliases()).containsEntry("a", 1);
        models.versions().deleteAlias(name, "a");
        models.versions().deleteAlias(name, "a");
        assertThat(models.versions().findByAlias(name, "a")).isEmpty();

        models.rename(name, name + " renamed");
        assertThat(models.find(name)).isEmpty();
        models.rename(name + " renamed", name);
        assertThat(models.versions().of(name)).hasSize(1);
        models.delete(name);
        models.delete(name);
        assertThat(models.find(name)).isEmpty();
    }

    @Test
    void deletedVersionTakesItsAliasAlongAndItsNumberIsNotGivenAgain() {
        models.ensure(name);
        models.versions().register(NewVersion.ofSource(name, "s3://b/1").build());
        models.versions().register(NewVersion.ofSource(name, "s3://b/2").build());
        models.versions().setAlias(name, "champion", 2);

        models.versions().delete(name, 2);

        models.versions().delete(name, 2);
        assertThat(models.versions().find(name, 2)).isEmpty();
        assertThat(models.versions().findByAlias(name, "champion")).isEmpty();
        assertThat(models.versions()
                        .register(NewVersion.ofSource(name, "s3://b/3").build())
                        .version())
                .isEqualTo(3);
        assertThatThrownBy(() -> models.versions().setAlias(name, "champion", 2))
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> models.versions().moveTo(name, 2, ModelStage.STAGING, true))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aKeyMakesOneVersionHoweverOftenItIsUsed() {
        models.ensure(name);
        NewVersion version =
                NewVersion.ofSource(name, "s3://b/k").key("release 7 / é").build();

        assertThat(models.versions().register(version).version()).isEqualTo(1);
        assertThat(models.versions().register(version).version()).isEqualTo(1);
        assertThat(models.versions().of(name)).hasSize(1);
    }

    @Test
    void versionsMadeAtOnceHaveNumbersOfTheirOwn() throws Exception {
        models.ensure(name);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<ModelVersion>> made = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                NewVersion version = NewVersion.ofSource(name, "s3://b/" + i).build();
                made.add(threads.submit(() -> models.versions().register(version)));
            }
            List<Integer> numbers = new ArrayList<>();
            for (Future<ModelVersion> one : made) {
                numbers.add(one.get().version());
            }
            assertThat(numbers).doesNotHaveDuplicates().hasSize(24);
            assertThat(models.versions().of(name)).hasSize(24);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takenNamesAndMissingModelsAreTold() {
        models.create(name, "", Map.of());

        assertThatThrownBy(() -> models.create(name, "", Map.of()))
                .isInstanceOfSatisfying(
                        MlflowException.class,
                        failure -> assertThat(failure.errorCode()).isEqualTo("RESOURCE_ALREADY_EXISTS"));
        String missing = name + " missing";
        assertThatThrownBy(() -> models.versions()
                        .register(NewVersion.ofSource(missing, "s3://b/1").build()))
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> models.tag(missing, "k", "v")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> models.rename(missing, name)).isInstanceOf(NoSuchElementException.class);
        assertThat(models.versions().of(missing)).isEmpty();
        assertThat(models.search("name = " + '"' + name + '"', 10)).hasSize(1);
    }

    private String createRun() {
        ObjectNode body = api.body().put("experiment_id", "0");
        return api.postOnce("/api/2.0/mlflow/runs/create", body)
                .path("run")
                .path("info")
                .path("run_id")
                .asText();
    }
}
