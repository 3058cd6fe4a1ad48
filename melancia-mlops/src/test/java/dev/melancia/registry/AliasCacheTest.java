package dev.melancia.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melancia.mlflow.prompt.NewPrompt;
import dev.melancia.mlflow.prompt.PromptTemplate;
import dev.melancia.mlflow.prompt.PromptVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AliasCacheTest {

    private static final AliasCache.Key KEY = new AliasCache.Key("answer", "production");
    private static final AliasCache.Key OTHER = new AliasCache.Key("answer", "challenger");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private @Nullable RuntimeException failure;
    private boolean atOnce = true;
    private boolean full;
    private Runnable duringAnswer = () -> {};
    private int version = 1;
    private int asked;

    private final AliasCache cache = new AliasCache(
            PromptCaching.builder()
                    .clock(now::get)
                    .patience(Duration.ZERO)
                    .firstPatience(Duration.ZERO)
                    .build(),
            this::execute,
            this::ask);

    private void execute(Runnable task) {
        if (full) {
            throw new RejectedExecutionException();
        } else if (atOnce) {
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
        assertThat(asked).isEqualTo(2);
        failure = null;
        pass(5);
        assertThat(cache.get(KEY).label()).isEqualTo("answer@1");
    }

    @Test
    void anExecutorThatIsFullOrClosedLeavesTheLastAnswer() {
        cache.get(KEY);
        full = true;
        pass(100);

        assertThat(cache.get(KEY).label()).isEqualTo("answer@1");
        assertThatThrownBy(() -> cache.get(OTHER))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("the registry is closed, or too many questions wait");
        full = false;
        pass(5);
        assertThat(cache.get(OTHER).label()).isEqualTo("answer@1");
    }

    @Test
    void callsWithoutAnAnswerAskOnceAndWaitForItTogether() throws Exception {
        atOnce = false;
        AliasCache patient = new AliasCache(
                PromptCaching.builder()
                        .clock(now::get)
                        .firstPatience(Duration.ofMinutes(1))
                        .build(),
                this::execute,
                this::ask);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<ServedPrompt>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(threads.submit(() -> patient.get(KEY)));
            }
            Runnable question = waiting.poll(1, TimeUnit.MINUTES);
            assertThat(question).isNotNull();
            question.run();
            for (Future<ServedPrompt> call : calls) {
                assertThat(call.get().label()).isEqualTo("answer@1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(asked).isEqualTo(1);
        assertThat(waiting).isEmpty();
    }

    @Test
    void aFirstAnswerThatDoesNotComeIsNotWaitedForByEveryCall() {
        atOnce = false;
        assertThatThrownBy(() -> cache.get(KEY))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("\"production\" of prompt \"answer\"")
                .hasMessageContaining("was not answered within PT0S");
        pass(4);
        assertThatThrownBy(() -> cache.get(KEY)).isInstanceOf(RegistryException.class);
        pass(4);
        assertThatThrownBy(() -> cache.get(KEY)).isInstanceOf(RegistryException.class);
        assertThat(waiting).hasSize(1);

        waiting.remove().run();
        assertThat(cache.get(KEY).label()).isEqualTo("answer@1");
    }

    @Test
    void aServerThatIsDownFromTheBeginningIsAskedEveryFiveSecondsOnly() {
        failure = new IllegalStateException("down");
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> cache.get(KEY)).isSameAs(failure);
        }
        assertThat(asked).isEqualTo(1);
        pass(5);
        assertThatThrownBy(() -> cache.get(KEY)).isSameAs(failure);
        assertThat(asked).isEqualTo(2);
        pass(5);
        failure = null;
        assertThat(cache.get(KEY).label()).isEqualTo("answer@1");
    }

    @Test
    void aChangeOfOurOwnForgetsThatTheAliasWasMissing() {
        failure = new NoSuchElementException("none");
        assertThatThrownBy(() -> cache.get(KEY)).isInstanceOf(NoSuchElementException.class);
        failure = null;
        cache.forget(KEY);

        assertThat(cache.get(KEY).label()).isEqualTo("answer@1");
    }

    @Test
    void aQuestionFromBeforeAChangeOfOurOwnIsNotJoinedAndItsAnswerNotKept() {
        atOnce = false;
        assertThatThrownBy(() -> cache.get(KEY)).isInstanceOf(RegistryException.class);
        cache.forget(KEY);
        version = 5;
        atOnce = true;
        assertThat(cache.get(KEY).label()).isEqualTo("answer@5");
        version = 1;
        waiting.remove().run();

        assertThat(cache.get(KEY).label()).isEqualTo("answer@5");
    }

    @Test
    void anErrorLeavesNoQuestionBehind() {
        duringAnswer = () -> {
            throw new StackOverflowError();
        };
        assertThatThrownBy(() -> cache.get(KEY)).isInstanceOf(StackOverflowError.class);
        duringAnswer = () -> {};

        assertThat(cache.get(KEY).label()).isEqualTo("answer@1");
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
