package dev.melancia.mlflow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.rest.MlflowApi;
import dev.melancia.mlflow.rest.MlflowException;
import java.io.IOException;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredModelsTest {

    private FakeRegistry server;
    private MlflowApi api;
    private RegisteredModels models;

    @BeforeEach
    void start() throws IOException {
        server = new FakeRegistry();
        api = server.connect();
        models = RegisteredModels.on(api);
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void versionWhoseAnswerWasLostIsAdoptedNotMadeTwice() {
        server.fates.add(FakeRegistry.Fate.DONE_BUT_ANSWER_LOST);

        ModelVersion made = models.versions().register(version().build());

        assertThat(made.version()).isEqualTo(1);
        assertThat(server.versions).hasSize(1);
        assertThat(server.count("model-versions/create")).isEqualTo(1);
    }

    @Test
    void versionThatWasNotMadeIsMadeAgain() {
        server.fates.add(FakeRegistry.Fate.NOT_DONE);
        server.fates.add(FakeRegistry.Fate.NOT_DONE);

        assertThat(models.versions().register(version().build()).version()).isEqualTo(1);
        assertThat(server.count("model-versions/create")).isEqualTo(3);
    }

    @Test
    void firstTryThatComesThroughBesideTheSecondLeavesOneVersion() {
        server.fates.add(FakeRegistry.Fate.DONE_LATE);

        ModelVersion made = models.versions().register(version().build());

        assertThat(server.versions).containsOnlyKeys(made.version());
    }

    @Test
    void aTwinThatSomebodyGaveAnAliasIsNotDeleted() {
        server.fates.add(FakeRegistry.Fate.DONE_LATE);
        server.aliases.add("champion");

        models.versions().register(version().build());

        assertThat(server.versions).hasSize(2);
    }

    @Test
    void creationIsGivenUpAfterThreeTries() {
        for (int i = 0; i < 3; i++) {
            server.fates.add(FakeRegistry.Fate.NOT_DONE);
        }

        assertThatThrownBy(() -> models.versions().register(version().build())).isInstanceOf(MlflowException.class);
        assertThat(server.versions).isEmpty();
    }

    @Test
    void refusedCreationIsToldAtOnce() {
        server.fates.add(FakeRegistry.Fate.REFUSED);

        assertThatThrownBy(() -> models.versions().register(version().build())).isInstanceOf(MlflowException.class);
        assertThat(server.requests).containsExactly("GET /health", "POST model-versions/create");
    }

    @Test
    void aKeyRegistersOneVersionHoweverOftenItIsUsed() {
        ModelVersion first =
                models.versions().register(version().key("release-7").build());
        ModelVersion again =
                models.versions().register(version().key("release-7").build());
        ModelVersion other =
                models.versions().register(version().key("release-8").build());

        assertThat(again.version()).isEqualTo(first.version());
        assertThat(other.version()).isNotEqualTo(first.version());
    }

    @Test
    void searchFollowsPagesUpToItsLimit() {
        for (int i = 0; i < 7; i++) {
            models.versions().register(version().build());
        }
        server.pagesOf(3);

        assertThat(models.versions().of("answers"))
                .extracting(ModelVersion::version)
                .containsExactly(7, 6, 5, 4, 3, 2, 1);
        assertThat(models.versions().search("", 4)).hasSize(4);
        server.moveBetweenPages();
        assertThat(models.versions().of("answers")).hasSize(7);
    }

    @Test
    void whatIsMissingIsToldByName() {
        assertThat(models.versions().findByAlias("answers", "champion")).isEmpty();
        assertThatThrownBy(() -> models.versions().byAlias("answers", "champion"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("no alias \"champion\" of registered model \"answers\"");
        assertThatThrownBy(() -> models.get("nothing"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("no registered model \"nothing\"");
        assertThatThrownBy(() -> models.versions().moveTo("answers", 9, ModelStage.STAGING, true))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("no version 9 of registered model \"answers\"");
    }

    @Test
    void whatIsNotThereIsDeletedWithoutAnError() {
        models.delete("nothing");
        models.versions().delete("answers", 1);
        models.versions().delete("answers", 1);
        assertThat(server.requests)
                .filteredOn(request -> request.startsWith("DELETE"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models/m", "model", "file:/models/m", "FILE:///models/m", "C:\\models\\m", "", "./m"})
    void localPathsAreRefusedWithTheRemedy(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewVersion.ofSource("answers", path))
                .withMessageContaining("does not see files of this machine");
    }

    @Test
    void webAddressesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> NewVersion.ofSource("answers", "https://h/m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "LATEST", "v1", "V20", "", "a b", "a.b", "maçã"})
    void aliasesTheServerKeepsOrRefusesAreNotSent(String alias) {
        assertThatIllegalArgumentException().isThrownBy(() -> models.versions().setAlias("answers", alias, 1));
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "a:b", ".", "..", "..a", "\u0000", "\ud800"})
    void modelNamesTheServerRefusesAreNotSent(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> models.create(name, "", Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> models.find(name));
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void versionsBeginAtOne(int version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> models.versions().get("answers", version))
                .withMessageContaining("at least 1, was " + version);
    }

    @ParameterizedTest
    @EnumSource(
            value = ModelStage.class,
            names = {"NONE", "ARCHIVED"})
    void archivingBesideAnInactiveStageIsRefusedSinceTheServerAnswersItWith500(ModelStage stage) {
        assertThatIllegalArgumentException().isThrownBy(() -> models.versions().moveTo("answers", 1, stage, true));
        assertThat(server.requests).isEmpty();
    }

    @Test
    void stagesAreThoseOfMlflow() {
        assertThat(ModelStage.of("production")).isEqualTo(ModelStage.PRODUCTION);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelStage.of("live"))
                .withMessage("stage must be None, Staging, Production or Archived, was \"live\"");
    }

    @Test
    void tagsThatAreTooLongAreNotSent() {
        assertThatIllegalArgumentException().isThrownBy(() -> models.tag("answers", "k", "x".repeat(5001)));
        assertThatIllegalArgumentException().isThrownBy(() -> models.tag("answers", "a//b", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> version().tag("k", "x".repeat(100_001)));
        assertThatIllegalArgumentException().isThrownBy(() -> version().description("x".repeat(5001)));
        assertThat(server.requests).isEmpty();
    }

    private static NewVersion.Builder version() {
        return NewVersion.ofRun("answers", "0123456789abcdef0123456789abcdef", "model");
    }
}
