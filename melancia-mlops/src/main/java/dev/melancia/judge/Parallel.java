package dev.melancia.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Applies a function to many values, several at once, and keeps their order. */
final class Parallel {

    private Parallel() {}

    static <T, R> List<R> map(List<T> values, int atOnce, Function<? super T, ? extends R> function)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce, task -> {
            Thread thread = new Thread(task, "melancia-judge");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<R>> futures = new ArrayList<>();
            values.forEach(value -> futures.add(threads.submit(() -> function.apply(value))));
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("unexpected failure while judging", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
