package dev.melancia.benchmark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Who makes the calls; closing lets the threads end. */
interface Workers extends AutoCloseable {

    /** Makes a call on another thread, which reports to the mailbox. */
    void start(Call call);

    /**
     * Interrupts the calls under way.
     *
     * @return how many of those started will never report, since no thread had come to them
     */
    int interrupt();

    /** Where they report. */
    Mailbox mailbox();

    @Override
    void close();

    /** Daemon threads, no more than calls are ever under way at once; each begins with a call. */
    static Workers threads(int most, Caller caller, Mailbox mailbox) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, most), daemons("melancia-benchmark-"));
        return new Workers() {
            @Override
            public void start(Call call) {
                threads.execute(() -> mailbox.put(caller.call(call)));
            }

            @Override
            public int interrupt() {
                caller.stop();
                return threads.shutdownNow().size();
            }

            @Override
            public Mailbox mailbox() {
                return mailbox;
            }

            @Override
            public void close() {
                threads.shutdown();
            }
        };
    }

    /** Daemon threads with a number behind their name. */
    static ThreadFactory daemons(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
