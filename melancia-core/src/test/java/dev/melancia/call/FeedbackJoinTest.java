package dev.melancia.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FeedbackJoinTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a ticker may overflow
    private final List<String> pairs = new ArrayList<>();
    private final FeedbackJoin join = FeedbackJoin.builder((record, said) ->
                    pairs.add(record.id() + " " + said.rating().orElse(0)))
            .calls(3)
            .age(Duration.ofHours(1))
            .ticker(nanos::get)
            .build();

    private static CallId id(int number) {
        return CallId.of(1_000, number, number);
    }

    private static CallRecord record(int number) {
        return CallRecord.builder(id(number), Outcome.ANSWERED, CallContext.empty(), UserKeys.ephemeral())
                .build();
    }

    private static UserFeedback said(int number, int stars) {
        return UserFeedback.builder(id(number), Instant.EPOCH).rating(stars).build();
    }

    private static String pair(int number, int stars) {
        return id(number) + " " + stars;
    }

    @Test
    void bringsFeedbackTogetherWithItsCall() {
        join.onCall(record(1));
        join.onCall(record(2));
        join.onFeedback(said(1, 5));

        assertThat(pairs).containsExactly(pair(1, 5));
        assertThat(join.unmatched()).isZero();
    }

    @Test
    void tellsFeedbackThatComesTwiceTwice() {
        join.onCall(record(1));
        join.onFeedback(said(1, 5));
        join.onFeedback(said(1, 2));

        assertThat(pairs).containsExactly(pair(1, 5), pair(1, 2));
    }

    @Test
    void letsFeedbackThatIsEarlyWaitForItsCall() {
        join.onFeedback(said(1, 5));
        join.onFeedback(said(1, 4));
        join.onFeedback(said(2, 3));
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        join.onCall(record(1));

        assertThat(pairs).containsExactly(pair(1, 5), pair(1, 4));
        assertThat(join.unmatched()).isZero();
    }

    @Test
    void countsFeedbackWhoseCallDoesNotComeInAMinute() {
        join.onFeedback(said(1, 5));
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());

        assertThat(join.unmatched()).isEqualTo(1);
        join.onCall(record(1));
        assertThat(pairs).isEmpty();
    }

    @Test
    void countsFeedbackForACallThatIsTooOld() {
        join.onCall(record(1));
        nanos.addAndGet(Duration.ofHours(1).toNanos() - 1);
        join.onFeedback(said(1, 5));
        nanos.incrementAndGet();
        join.onFeedback(said(1, 4));
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());

        assertThat(pairs).containsExactly(pair(1, 5));
        assertThat(join.unmatched()).isEqualTo(1);
    }

    @Test
    void keepsTheNewestCalls() {
        for (int i = 1; i <= 4; i++) {
            join.onCall(record(i));
        }
        for (int i = 1; i <= 4; i++) {
            join.onFeedback(said(i, 5));
        }

        assertThat(pairs).containsExactly(pair(2, 5), pair(3, 5), pair(4, 5));
    }

    @Test
    void countsAtOnceWhatFindsNoRoomToWait() {
        for (int i = 0; i < 1_005; i++) {
            join.onFeedback(said(i, 5));
        }
        for (int i = 0; i < 10; i++) {
            join.onFeedback(said(1_004, 4));
        }

        assertThat(join.unmatched()).isEqualTo(5 + 3);
    }

    @Test
    void joinsUnderManyThreadsWhicheverHalfComesFirst() throws InterruptedException {
        int calls = 400;
        Queue<UserFeedback> joined = new ConcurrentLinkedQueue<>();
        FeedbackJoin shared = FeedbackJoin.to((record, said) -> joined.add(said));
        Thread teller = new Thread(() -> {
            for (int i = 0; i < calls; i++) {
                shared.onCall(record(i));
            }
        });
        Thread user = new Thread(() -> {
            for (int i = 0; i < calls; i++) {
                shared.onFeedback(said(i, 5));
            }
        });
        teller.start();
        user.start();
        teller.join();
        user.join();

        assertThat(joined).hasSize(calls).extracting(UserFeedback::call).doesNotHaveDuplicates();
        assertThat(shared).hasToString("FeedbackJoin[unmatched=0]");
    }

    @Test
    void refusesSettingsThatKeepNothing() {
        FeedbackJoin.Builder builder = FeedbackJoin.builder((record, said) -> {});

        assertThatThrownBy(() -> builder.calls(0)).hasMessage("calls must be at least 1, was 0");
        assertThatThrownBy(() -> builder.age(Duration.ZERO))
                .hasMessageContaining("positive")
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> builder.age(Duration.ofDays(366))).hasMessageContaining("365 days");
    }
}
