package dev.melancia.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | You are not authenticated. | MLFLOW_TRACKING_USERNAME",
                "403 | Invalid Host header - possible DNS rebinding attack detected | --allowed-hosts",
                "403 | Permission denied | lacks a permission",
            })
    void aRefusalNamesItsRemedyAndNotTheServersWords(int status, String said, String remedy) {
        assertThat(answered(status, said))
                .hasMessageContaining(remedy)
                .hasMessageNotContaining(said)
                .extracting(MlflowException::kind)
                .isEqualTo(MlflowException.Kind.BLOCKED);
    }

    @Test
    void whatAStoreDoesNotHaveIsNotAskedForAgain() {
        assertThat(answered(501, "not supported by FileStore").kind()).isEqualTo(MlflowException.Kind.REJECTED);
    }

    @Test
    void onlyFailuresOfTheServerLeaveTheOutcomeOpen() {
        assertThat(answered(500, "").outcomeUnknown()).isTrue();
        assertThat(answered(429, "").outcomeUnknown()).isFalse();
        assertThat(answered(400, "").outcomeUnknown()).isFalse();
        assertThat(NoAnswer.because(new ConnectException()).outcomeUnknown()).isFalse();
        assertThat(NoAnswer.because(new IOException("reset")).outcomeUnknown()).isTrue();
        assertThat(NoAnswer.because(new IOException("reset")).beforeItWasSent().outcomeUnknown())
                .isFalse();
    }

    private static MlflowException answered(int status, String message) {
        return MlflowException.of(
                new MlflowAnswer("runs/log-batch", status, MissingNode.getInstance(), message, Optional.empty()));
    }
}
