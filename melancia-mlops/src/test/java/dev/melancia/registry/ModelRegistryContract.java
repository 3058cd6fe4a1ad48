package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.registry.ModelStage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registry of models does wherever it is kept; each store has a short subclass. */
abstract class ModelRegistryContract {

    static final ChangeNote NOTE = ChangeNote.by("ana", "because");

    final String model = "answers " + UUID.randomUUID();
    private final List<ModelRegistry> opened = new ArrayList<>();
    ModelRegistry registry;

    /** Another view of the same store, as another process would have it. */
    abstract ModelRegistry open(InstantSource clock);

    ModelRegistry opened(InstantSource clock) {
        ModelRegistry fresh = open(clock);
        opened.add(fresh);
        return fresh;
    }

    @BeforeEach
    void openRegistry() {
        registry = opened(InstantSource.system());
    }

    @AfterEach
    void closeRegistries() {
        opened.forEach(ModelRegistry::close);
    }

    Registration.Builder candidate() {
        return Registration.ofSource(model, "openai:/gpt-4o-mini");
    }

    int register() {
        return registry.register(candidate().build(), NOTE).version();
    }

    void promote(int version) {
        registry.move(model, version, ModelStage.STAGING, NOTE);
        registry.move(model, version, ModelStage.PRODUCTION, NOTE);
    }

    private int inProduction() {
        return registry.inStage(model, ModelStage.PRODUCTION).orElseThrow().version();
    }

    @Test
    void versionsComeWithTheirEvidenceAndTheirReason() {
        Registration first = candidate()
                .evidence("gate", "passou: κ = 0,8")
                .evidence("report", "runs/1/report.html")
                .build();
        RegisteredVersion made = registry.register(first, ChangeNote.by("ana", "nova política \"b\""));
        register();

        RegisteredVersion read = registry.find(model, 1).orElseThrow();
        assertThat(made.label()).isEqualTo(model + "@1");
        assertThat(read.evidence()).isEqualTo(first.evidence());
        assertThat(read.source()).isEqualTo("openai:/gpt-4o-mini");
        assertThat(read.stage()).isEqualTo(ModelStage.NONE);
        assertThat(read.note()).contains(ChangeNote.by("ana", "nova política \"b\""));
        assertThat(registry.versions(model))
                .extracting(RegisteredVersion::version)
                .containsExactly(2, 1);
        assertThat(registry.models()).contains(model);
        assertThat(registry.history(model)).extracting(ModelChange::kind).containsOnly(ModelChange.Kind.REGISTERED);
    }

    @Test
    void productionIsReachedThroughStagingAndHoldsOneVersion() {
        register();
        register();

        assertThatIllegalStateException()
                .isThrownBy(() -> registry.move(model, 1, ModelStage.PRODUCTION, NOTE))
                .withMessageContaining("must be in Staging to come to Production, was in None");
        promote(1);
        registry.move(model, 2, ModelStage.STAGING, NOTE);
        assertThat(inProduction()).isEqualTo(1);
        RegisteredVersion moved = registry.move(model, 2, ModelStage.PRODUCTION, ChangeNote.by("rui", "approved"));

        assertThat(moved.stage()).isEqualTo(ModelStage.PRODUCTION);
        assertThat(inProduction()).isEqualTo(2);
        assertThat(registry.find(model, 1).orElseThrow().stage()).isEqualTo(ModelStage.ARCHIVED);
        List<ModelChange> history = registry.history(model);
        assertThat(history).hasSize(6).allMatch(ModelChange::confirmed);
        ModelChange last = history.get(5);
        assertThat(last.kind()).isEqualTo(ModelChange.Kind.MOVED);
        assertThat(last.detail()).isEqualTo("Production");
        assertThat(last.version()).isEqualTo(2);
        assertThat(last.note()).isEqualTo(ChangeNote.by("rui", "approved"));
    }

    @Test
    void movingToTheSameStageRecordsNothing() {
        register();
        registry.move(model, 1, ModelStage.STAGING, NOTE);

        assertThat(registry.move(model, 1, ModelStage.STAGING, NOTE).stage()).isEqualTo(ModelStage.STAGING);
        assertThat(registry.history(model)).hasSize(2);
    }

    @Test
    void rollbackBringsBackWhatWasInProductionBeforeAndKeepsTheHistory() {
        for (int i = 1; i <= 3; i++) {
            register();
            promote(i);
        }

        RegisteredVersion back = registry.rollback(model, 3, ChangeNote.by("rui", "wrong dates"));

        assertThat(back.version()).isEqualTo(2);
        assertThat(back.stage()).isEqualTo(ModelStage.PRODUCTION);
        assertThat(inProduction()).isEqualTo(2);
        assertThat(registry.find(model, 3).orElseThrow().stage()).isEqualTo(ModelStage.ARCHIVED);
        List<ModelChange> history = registry.history(model);
        assertThat(history).hasSize(10);
        assertThat(history.get(9).kind()).isEqualTo(ModelChange.Kind.ROLLED_BACK);
        assertThat(history.get(9).version()).isEqualTo(2);
        assertThat(history.get(9).note()).isEqualTo(ChangeNote.by("rui", "wrong dates"));
    }

    @Test
    void rollbackGoesFurtherBackUntilThereIsNoneBefore() {
        for (int i = 1; i <= 3; i++) {
            register();
            promote(i);
        }
        registry.rollback(model, 3, NOTE);
        registry.rollback(model, 2, NOTE);

        assertThat(inProduction()).isEqualTo(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> registry.rollback(model, 1, NOTE))
                .withMessageContaining("was in Production before 1");
        assertThat(inProduction()).isEqualTo(1);
    }

    @Test
    void whatWasRolledBackIsNotComeBackTo() {
        for (int i = 1; i <= 2; i++) {
            register();
            promote(i);
        }
        registry.rollback(model, 2, NOTE);
        register();
        promote(3);

        assertThat(registry.rollback(model, 3, NOTE).version()).isEqualTo(1);
    }

    @Test
    void aVersionThatCameBackThroughStagingIsBeforeNothing() {
        for (int i = 1; i <= 2; i++) {
            register();
            promote(i);
        }
        promote(1);

        assertThat(registry.rollback(model, 1, NOTE).version()).isEqualTo(2);
    }

    @Test
    void whoComesSecondDoesNotRollBackTwice() {
        for (int i = 1; i <= 3; i++) {
            register();
            promote(i);
        }
        registry.rollback(model, 3, NOTE);

        assertThatIllegalStateException()
                .isThrownBy(() -> opened(InstantSource.system()).rollback(model, 3, NOTE))
                .withMessageContaining("must be in Production to be rolled back, was in Archived");
        assertThat(inProduction()).isEqualTo(2);
    }

    @Test
    void aliasesStandForOneVersionAndAreRecorded() {
        register();
        register();
        registry.setAlias(model, "champion", 1, NOTE);
        registry.setAlias(model, "challenger", 2, NOTE);
        registry.setAlias(model, "champion", 2, NOTE);
        registry.setAlias(model, "champion", 2, NOTE);

        assertThat(registry.byAlias(model, "champion").orElseThrow().version()).isEqualTo(2);
        assertThat(registry.find(model, 2).orElseThrow().aliases()).containsExactly("challenger", "champion");
        registry.deleteAlias(model, "champion", NOTE);
        registry.deleteAlias(model, "champion", NOTE);
        assertThat(registry.byAlias(model, "champion")).isEmpty();
        assertThat(registry.history(model).subList(2, 6))
                .extracting(change -> change.kind() + " " + change.detail() + " " + change.version())
                .containsExactly(
                        "ALIAS_SET champion 1",
                        "ALIAS_SET challenger 2",
                        "ALIAS_SET champion 2",
                        "ALIAS_DELETED champion 2");
    }

    @Test
    void tagsAreSetAndRecordedByTheirKeys() {
        register();
        registry.tag(model, 1, Map.of("equipe", "ação"), NOTE);
        registry.tag(model, 1, Map.of("equipe", "b", "a.b", ""), NOTE);

        assertThat(registry.find(model, 1).orElseThrow().tags()).isEqualTo(Map.of("equipe", "b", "a.b", ""));
        assertThat(registry.history(model)).hasSize(3);
        assertThat(registry.history(model).get(2).detail()).contains("equipe").contains("a.b");
        assertThatIllegalArgumentException().isThrownBy(() -> registry.tag(model, 1, Map.of("melancia.x", "y"), NOTE));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.tag(model, 1, Map.of(), NOTE));
    }

    @Test
    void aKeyMakesOneVersionAndOneEntry() {
        Registration registration = candidate().key("build-7").build();
        registry.register(registration, NOTE);
        register();

        assertThat(opened(InstantSource.system()).register(registration, NOTE).version())
                .isEqualTo(1);
        assertThat(registry.versions(model)).hasSize(2);
        assertThat(registry.history(model)).hasSize(2);
    }

    @Test
    void laterChangesHaveLaterTimesWhateverTheClocksSay() {
        register();
        registry.move(model, 1, ModelStage.STAGING, NOTE);
        ModelRegistry behind = opened(InstantSource.fixed(Instant.parse("2001-01-01T00:00:00Z")));
        behind.move(model, 1, ModelStage.PRODUCTION, NOTE);
        behind.setAlias(model, "champion", 1, NOTE);

        List<ModelChange> history = registry.history(model);
        assertThat(history).extracting(ModelChange::detail).containsExactly("", "Staging", "Production", "champion");
        assertThat(history).extracting(ModelChange::at).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void processesAtOnceLoseNoVersionAndNoHistory() throws Exception {
        ModelRegistry other = opened(InstantSource.system());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ModelRegistry one = i % 2 == 0 ? registry : other;
                String alias = "a" + i;
                work.add(() -> {
                    int version = one.register(candidate().build(), NOTE).version();
                    one.setAlias(model, alias, version, NOTE);
                    return version;
                });
            }
            List<Integer> versions = new ArrayList<>();
            for (Future<Integer> one : threads.invokeAll(work)) {
                versions.add(one.get());
            }
            assertThat(versions).doesNotHaveDuplicates().hasSize(20);
        } finally {
            threads.shutdownNow();
        }
        assertThat(registry.versions(model))
                .hasSize(20)
                .allMatch(version -> version.aliases().size() == 1);
        assertThat(registry.history(model)).hasSize(40);
    }

    @Test
    void whatIsMissingIsTold() {
        assertThat(registry.versions(model)).isEmpty();
        assertThat(registry.find(model, 1)).isEmpty();
        assertThat(registry.inStage(model, ModelStage.PRODUCTION)).isEmpty();
        assertThat(registry.byAlias(model, "x")).isEmpty();
        assertThatThrownBy(() -> registry.history(model)).isInstanceOf(NoSuchElementException.class);
        register();
        assertThat(registry.byAlias(model, "x")).isEmpty();
        assertMissing(() -> registry.move(model, 2, ModelStage.STAGING, NOTE));
        assertMissing(() -> registry.rollback(model, 2, NOTE));
        assertMissing(() -> registry.setAlias(model, "x", 2, NOTE));
        assertMissing(() -> registry.tag(model, 2, Map.of("k", "v"), NOTE));
        assertMissing(() -> registry.setAlias(model + "?", "x", 2, NOTE));
        assertMissing(() -> registry.deleteAlias(model + "?", "x", NOTE));
        assertThat(registry.history(model)).hasSize(1);
    }

    private static void assertMissing(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whatCannotBeIsRefused() {
        register();
        assertThatIllegalArgumentException().isThrownBy(() -> Registration.ofSource("a/b", "s3://x/y"));
        assertThatIllegalArgumentException().isThrownBy(() -> Registration.ofSource(model, "/models/m"));
        assertThatIllegalArgumentException().isThrownBy(() -> candidate().evidence("a b", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> candidate().evidence("a", "x".repeat(5_001)));
        assertThatIllegalArgumentException().isThrownBy(() -> ChangeNote.by(" ", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> ChangeNote.by("x", "a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> ChangeNote.by("x", "y".repeat(1_001)));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.find(model, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.move(model, 0, ModelStage.STAGING, NOTE));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.rollback(model, -1, NOTE));
        for (String alias : List.of("latest", "v1", "", "a b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> registry.setAlias(model, alias, 1, NOTE));
            assertThatIllegalArgumentException().isThrownBy(() -> registry.deleteAlias(model, alias, NOTE));
        }
        assertThat(registry.history(model)).hasSize(1);
    }

    @Test
    void theLongestTextsAreKept() {
        ChangeNote longest = ChangeNote.by("\"".repeat(200), "\\".repeat(1_000));
        register();
        registry.move(model, 1, ModelStage.STAGING, longest);

        assertThat(registry.history(model).get(1).note()).isEqualTo(longest);
    }
}
