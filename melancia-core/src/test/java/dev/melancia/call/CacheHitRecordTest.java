package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;
import org.junit.jupiter.api.Test;

class CacheHitRecordTest {

    private static final ModelId MODEL = ModelId.of("openai/gpt-4o-mini");

    private static CallRecord.Builder record(Outcome outcome) {
        return CallRecord.builder(CallId.of(0, 0, 0), outcome, CallContext.empty(), UserKeys.ephemeral());
    }

    @Test
    void aHitNamesWhoAnsweredAndWhatWasSaved() {
        CallRecord hit = record(Outcome.ANSWERED)
                .cacheHit(MODEL, Cost.knownPicoUsd(207_000_000))
                .build();

        assertThat(hit.isCacheHit()).isTrue();
        assertThat(hit.answeredBy()).contains(MODEL);
        assertThat(hit.cost()).isEqualTo(Cost.zero());
        assertThat(CallRecordJson.line(hit))
                .contains("\"cache_hit\":true", "\"answered_by\":\"openai/gpt-4o-mini\"", "\"cost\":\"0\"")
                .contains("\"saved_cost\":\"0.000207\",\"saved_cost_kind\":\"known\"");
    }

    @Test
    void anUnknownSavingIsAbsent() {
        CallRecord hit =
                record(Outcome.ANSWERED).cacheHit(MODEL, Cost.unknown()).build();

        assertThat(hit.savedCost()).isEqualTo(Cost.unknown());
        assertThat(CallRecordJson.line(hit)).contains("\"cache_hit\":true").doesNotContain("saved_cost");
    }

    @Test
    void withoutAHitNothingIsSaved() {
        CallRecord fresh = record(Outcome.ANSWERED).build();

        assertThat(fresh.isCacheHit()).isFalse();
        assertThat(fresh.savedCost()).isEqualTo(Cost.zero());
        assertThat(CallRecordJson.line(fresh)).contains("\"cache_hit\":false").doesNotContain("saved_cost");
    }

    @Test
    void aHitThatTheHostCancelledWasAnsweredByNobody() {
        CallRecord cancelled =
                record(Outcome.CANCELLED).cacheHit(MODEL, Cost.zero()).build();

        assertThat(cancelled.isCacheHit()).isTrue();
        assertThat(cancelled.answeredBy()).isEmpty();
    }
}
