package dev.melancia.router;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The library's threads that were born after this object; virtual ones leave no trace to look at. */
final class LibraryThreads {

    private static final String PREFIX = "melancia-";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    List<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(PREFIX) && !before.contains(thread))
                .toList();
    }

    /** Waits until those that are there have nothing to do. */
    void awaitIdle() {
        await().atMost(LIMIT)
                .until(() -> alive().stream()
                        .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING
                                || thread.getState() == Thread.State.WAITING));
    }

    /** Waits until none is there, which a closed router owes. */
    void awaitGone() {
        await().atMost(LIMIT).until(() -> alive().isEmpty());
    }
}
