package dev.melancia.router;

import static dev.melancia.router.Fakes.LOCAL;
import static dev.melancia.router.Fakes.answers;
import static dev.melancia.router.Fakes.router;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.exception.TimeoutException;
import dev.melancia.router.Fakes.Deaf;
import dev.melancia.router.Fakes.Model;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs where the platform has virtual threads (Java 21 and later). */
class VirtualThreadsTest {

    private static <T> T onVirtualThread(Callable<T> task) throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads need Java 21");
        CompletableFuture<T> result = new CompletableFuture<>();
        VirtualThreads.start(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aPlatformThreadIsNotVirtual() {
        assertThat(VirtualThreads.isCurrent()).isFalse();
    }

    @Test
    void aVirtualCallersModelRunsOnAVirtualThreadOfItsOwn() throws Exception {
        Model model = answers("Oi!");
        try (ModelRouter router = router().model(LOCAL, model).build()) {
            Thread caller = onVirtualThread(() -> {
                assertThat(VirtualThreads.isCurrent()).isTrue();
                router.chatModel().chat("Oi");
                return Thread.currentThread();
            });

            Thread worker = model.threads.get(0);
            assertThat(worker).isNotSameAs(caller);
            assertThat((Object) worker.getClass()).isEqualTo(caller.getClass());
        }
    }

    @Test
    void aVirtualCallerIsBackInTimeFromADeafModel() throws Exception {
        try (Deaf deaf = new Deaf();
                ModelRouter router = router().model(LOCAL, deaf.model)
                        .limits(CallLimits.defaults().withAttempt(Duration.ofMillis(50)))
                        .build()) {
            Throwable thrown = onVirtualThread(() -> {
                try {
                    router.chatModel().chat("Oi");
                    return new AssertionError("answered");
                } catch (TimeoutException e) {
                    return e;
                }
            });
            assertThat(thrown).isInstanceOf(TimeoutException.class);
            assertThat(router.callsRunning(LOCAL.id())).isOne();
        }
    }
}
