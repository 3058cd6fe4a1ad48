package dev.melancia.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.MelanciaException;
import dev.melancia.cost.Cost;
import dev.melancia.journal.Journal;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReaderTest {

    private static final Question QUESTION = Question.of("q", "Qual?", "x");
    private static final Call CALL =
            Call.of(new Asked("s", Placement.local(), ask -> Answer.of("x")), Ask.of(QUESTION));
    private static final CallFacts FACTS = new CallFacts(0, 1, Instant.EPOCH, 5);

    @TempDir
    Path folder;

    @Test
    void theFirstAnswerCountsAndIsPaidOnce() {
        KeptRun kept =
                read(failed(), RunRecord.of(CALL, answered("first")), failed(), RunRecord.of(CALL, answered("second")));

        assertThat(kept.outcome(CALL.key()).orElseThrow().reply().orElseThrow().text())
                .isEqualTo("first");
        assertThat(kept.costs()).hasSize(1);
        assertThat(kept.inDoubt()).isEmpty();
    }

    @Test
    void aCallWithoutAnEndIsInDoubtAndOneThatWasPutOffIsNot() {
        KeptRun kept = read(
                RunRecord.of(RunRecord.Type.ASKED, CALL),
                RunRecord.of(RunRecord.Type.PUT_OFF, CALL),
                RunRecord.of(RunRecord.Type.ASKED, CALL.again()),
                RunRecord.of(RunRecord.Type.ASKED, Call.warmUp(CALL.subject(), 0)));

        assertThat(kept.inDoubt()).containsOnly(Map.entry("s", 2));
        assertThat(kept.outcomes()).isEmpty();
    }

    @Test
    void aLongRecordThatNeverGotItsLastPartIsDroppedAndTheNextIsRead() {
        List<byte[]> parts = RunRecord.lines(RunRecord.of(CALL, answered("x".repeat(1 << 21))));
        try (Journal journal = Journal.open(folder)) {
            journal.appendAll(parts.subList(0, parts.size() - 1));
            journal.appendAll(parts.subList(0, 2));
        }
        assertThat(read().outcomes()).isEmpty();
        try (Journal journal = Journal.open(folder)) {
            journal.appendAll(parts);
        }

        assertThat(parts).hasSizeGreaterThan(2);
        assertThat(read().outcome(CALL.key())
                        .orElseThrow()
                        .reply()
                        .orElseThrow()
                        .text())
                .hasSize(1 << 21);
    }

    @Test
    void kindsOfRecordsThatItDoesNotKnowAreSkippedAndVersionsAreNot() {
        assertThat(read(RunJson.object().put("v", 1).put("t", "of tomorrow")).outcomes())
                .isEmpty();
        assertThatThrownBy(() -> read(RunJson.object().put("v", 2).put("t", "answered")))
                .isInstanceOf(MelanciaException.class)
                .hasMessageContaining("has format 2")
                .hasMessageContaining("reads formats up to 1");
    }

    private static Outcome answered(String text) {
        Answer answer = Answer.builder(text).cost(Cost.knownPicoUsd(7)).build();
        return new Outcome.Answered(QUESTION, answer, FACTS, Map.of());
    }

    private static ObjectNode failed() {
        return RunRecord.of(CALL, new Outcome.Failed(QUESTION, FACTS, "TimeoutException", ""));
    }

    private KeptRun read(ObjectNode... records) {
        try (Journal journal = Journal.open(folder)) {
            for (ObjectNode record : records) {
                journal.appendAll(RunRecord.lines(record));
            }
        }
        return RunReader.read(folder, List.of(QUESTION));
    }
}
