package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptTemplate;
import dev.melancia.mlflow.prompt.PromptVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AliasCacheTest {

    private static final AliasCache.Key KEY = new AliasCache.Key("answer", "production");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private @Nullable RuntimeException failure;
    private boolean atOnce = true;
    private Runnable duringAnswer = () -> {};
    private int version = 1;
    private int asked;

    private final AliasCache cache = new AliasCache(
            PromptCaching.builder().clock(now::get).patience(Duration.ZERO).build(), this::execute, this::ask);

    private void execute(Runnable task) {
        if (atOnce) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    private PromptVersion ask(String name, String alias) {
        asked++;
        if (failure != null) {
            throw failure;
        }
        PromptVersion answer =
                PromptVersion.of(NewPrompt.of(name, PromptTemplate.text("text")).build(), version, now.get());
        duringAnswer.run();
        return answer;
    }

    private void pass(long seconds) {
        now.updateAndGet(time -> time.plusSeconds(seconds));
    }

    @Test
    void theServerIsAskedOnceWithinTheTimeOfAnAlias() {
        for (int i = 0; i < 59; i++) {
            assertThat(cache.get(KEY).age()).isEqualTo(Duration.ofSeconds(i));
            pass(1);
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void anOldAnswerIsAskedAgain() {
        cache.get(KEY);
        version = 2;
        pass(60);

        ServedPrompt served = cache.get(KEY);
        assertThat(served.label()).isEqualTo("answer@2");
        assertThat(served.age()).isZero();
    }

    @Test
    void theLastAnswerServesWhileTheServerIsDownWithItsAgeTold() {
        cache.get(KEY);
        failure = new IllegalStateException("down");
        pass(3_600);

        ServedPrompt served = cache.get(KEY);
        assertThat(served.label()).isEqualTo("answer@1");
        assertThat(served.age()).isEqualTo(Duration.ofHours(1));
        assertThat(served.stale()).isTrue();
    }

    @Test
    void aServerThatIsDownIsAskedEveryFiveSecondsOnlyAndTakenUpAgain() {
        cache.get(KEY);
        failure = new IllegalStateException("down");
        pass(60);
        for (int i = 0; i < 100; i++) {
            cache.get(KEY);
        }
        assertThat(asked).isEqualTo(2);
        pass(5);
        cache.get(KEY);
        assertThat(asked).isEqualTo(3);
        failure = null;
        version = 7;
        pass(5);
        assertThat(cache.get(KEY).label()).isEqualTo("answer@7");
        assertThat(cache.get(KEY).stale()).isFalse();
    }

    @Test
    void noCallWaitsWhileAnotherAsks() {
        cache.get(KEY);
        atOnce = false;
        version = 2;
        pass(61);

        for (int i = 0; i < 100; i++) {
            assertThat(cache.get(KEY).label()).isEqualTo("answer@1");
        }
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        assertThat(cache.get(KEY).label()).isEqualTo("answer@2");
    }

    @Test
    void anAliasThatWasDeletedIsMissing() {
        cache.get(KEY);
        failure = new NoSuchElementException("gone");
        pass(60);

        assertThatThrownBy(() -> cache.get(KEY)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> cache.get(KEY)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void anExecutorThatIsFullOrClosedLeavesTheLastAnswer() {
        AliasCache closed = new AliasCache(
                PromptCaching.builder().clock(now::get).build(),
                task -> {
                    throw new RejectedExecutionException();
                },
                this::ask);
        closed.get(KEY);
        pass(100);

        assertThat(closed.get(KEY).label()).isEqualTo("answer@1");
    }

    @Test
    void anAnswerFromBeforeAChangeOfOurOwnIsNotKept() {
        duringAnswer = () -> cache.forget(KEY);
        cache.get(KEY);
        duringAnswer = () -> {};
        version = 5;

        assertThat(cache.get(KEY).label()).isEqualTo("answer@5");
    }

    @Test
    void aFirstCallWithoutServerFails() {
        failure = new IllegalStateException("down");

        assertThatThrownBy(() -> cache.get(KEY)).isSameAs(failure);
    }

    @Test
    void aClockThatIsSetBackMakesNoNegativeAge() {
        cache.get(KEY);
        pass(-100);

        assertThat(cache.get(KEY).age()).isZero();
    }
}
