package dev.melancia.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many callers at once, each on a thread of its own, and what each of them got. */
final class Crowd {

    /** One call. */
    interface Call {
        String make() throws Exception;
    }

    /** Lets callers go on one kind of thread. */
    interface Gathering {
        Crowd gather(int callers, Call call) throws Exception;
    }

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SMALL_STACK_BYTES = 128 * 1024;

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final CountDownLatch start = new CountDownLatch(1);
    private final CountDownLatch end;
    private final Call call;

    private Crowd(int callers, Call call) {
        this.end = new CountDownLatch(callers);
        this.call = call;
    }

    /** Platform threads with small stacks, let go together. */
    static Crowd onPlatformThreads(int callers, Call call) {
        Crowd crowd = new Crowd(callers, call);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Thread thread = new Thread(null, crowd::callOnce, "caller-" + i, SMALL_STACK_BYTES);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        crowd.start.countDown();
        return crowd;
    }

    /** Virtual threads, which Java has from 21 on and this code, compiled for 17, finds by name. */
    static Crowd onVirtualThreads(int callers, Call call) throws ReflectiveOperationException {
        MethodHandle starter = MethodHandles.publicLookup()
                .findStatic(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        Crowd crowd = new Crowd(callers, call);
        for (int i = 0; i < callers; i++) {
            try {
                Object unused = starter.invoke((Runnable) crowd::callOnce);
            } catch (Throwable e) {
                throw new IllegalStateException("virtual thread " + i + " of " + callers + " did not start", e);
            }
        }
        crowd.start.countDown();
        return crowd;
    }

    private void callOnce() {
        try {
            start.await();
            answers.add(call.make());
        } catch (Throwable e) { // whatever it is, the test looks at it
            errors.add(e);
        } finally {
            end.countDown();
        }
    }

    /** Waits until every caller is back. */
    Crowd join() throws InterruptedException {
        assertThat(end.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("all callers back; still waiting: %s", end.getCount())
                .isTrue();
        return this;
    }

    List<String> answers() {
        return List.copyOf(answers);
    }

    List<Throwable> errors() {
        return List.copyOf(errors);
    }
}
