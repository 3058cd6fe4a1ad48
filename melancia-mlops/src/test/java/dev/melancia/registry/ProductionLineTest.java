package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.melancia.mlflow.registry.ModelStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProductionLineTest {

    private static final ChangeNote NOTE = ChangeNote.by("ana", "because");

    private final List<ModelChange> history = new ArrayList<>();

    private ProductionLineTest moved(int version) {
        return add(ModelChange.Kind.MOVED, version, true);
    }

    private ProductionLineTest unconfirmed(int version) {
        return add(ModelChange.Kind.MOVED, version, false);
    }

    private ProductionLineTest add(ModelChange.Kind kind, int version, boolean confirmed) {
        Instant at = Instant.ofEpochSecond(history.size());
        history.add(new ModelChange(at, kind, version, ModelStage.PRODUCTION.label(), NOTE, confirmed));
        return this;
    }

    /** The version before this one, which is in Production; 1 to 5 exist. */
    private int before(int leaving) {
        List<RegisteredVersion> versions = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            Registration registration =
                    Registration.ofSource("answers", "openai:/gpt-4o-mini").build();
            versions.add(new RegisteredVersion(registration, i, Instant.EPOCH, Optional.of(NOTE))
                    .with(i == leaving ? ModelStage.PRODUCTION : ModelStage.ARCHIVED));
        }
        return ProductionLine.before(leaving, versions, history).version();
    }

    @Test
    void aMoveThatWasPlannedAndNeverCarriedOutIsNotComeBackTo() {
        assertThat(moved(1).unconfirmed(2).moved(3).before(3)).isEqualTo(1);
    }

    @Test
    void aPlannedMoveThatWasRepeatedCounts() {
        assertThat(moved(1).unconfirmed(2).moved(2).moved(3).before(3)).isEqualTo(2);
    }

    @Test
    void aMoveThatIsUnconfirmedButInProductionWasCarriedOut() {
        assertThat(moved(2).moved(1).unconfirmed(2).before(2)).isEqualTo(1);
    }

    @Test
    void anUnconfirmedRollbackIsNoWayBackToWhatItWasToTakeOut() {
        moved(1).moved(2).moved(3).add(ModelChange.Kind.ROLLED_BACK, 2, false);
        assertThat(before(3)).isEqualTo(2);
        assertThat(before(2)).isEqualTo(1);
        assertThat(moved(4).before(4)).isEqualTo(2);
    }

    @Test
    void withoutAnyThatServedThereIsNoWayBack() {
        unconfirmed(1).moved(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> before(2))
                .withMessageContaining("was in Production before 2");
    }
}
