package dev.melancia.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While open, Ctrl-C interrupts a thread and gives it a while to leave, so that what it holds is closed. */
final class CtrlC implements AutoCloseable {

    private static final long SECONDS_TO_LEAVE = 10;

    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread hook;

    private CtrlC(Thread worker) {
        hook = new Thread(() -> stop(worker), "melancia-ctrl-c");
    }

    static CtrlC interrupts(Thread worker) {
        CtrlC stop = new CtrlC(worker);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    private void stop(Thread worker) {
        worker.interrupt();
        try {
            left.await(SECONDS_TO_LEAVE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        left.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is what called us here.
        }
    }
}
