package dev.melancia.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowExceptionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(sqlite3.IntegrityError) UNIQUE constraint failed: params.key",
                "duplicate key value violates unique constraint \"param_pk\"",
                "UNIQUE CONSTRAINT",
            })
    void aConflictIsSeenInTheWordsOfEachDatabase(String message) {
        assertThat(answered(400, message).kind()).isEqualTo(MlflowException.Kind.CONFLICT);
    }

    @Test
    void otherBadRequestsAreNoConflict() {
        assertThat(answered(400, "a unique value").kind()).isEqualTo(MlflowException.Kind.REJECTED);
    }

    private static MlflowException answered(int status, String message) {
        return MlflowException.of(
                new MlflowAnswer("runs/log-batch", status, MissingNode.getInstance(), message, Optional.empty()));
    }
}
