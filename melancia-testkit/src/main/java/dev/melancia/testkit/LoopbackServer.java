package dev.melancia.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A small HTTP server on the loopback address that does what a {@link Reply} says, faults included, and remembers every
 * request. For tests only: it is raw sockets with a thread a connection. Thread-safe; {@link #close} ends its daemon
 * threads, which are named {@code melancia-loopback}.
 *
 * @since 0.1.0
 */
public final class LoopbackServer implements AutoCloseable {

    private final ServerSocket listening;
    private final Function<RecordedRequest, Reply> replies;
    private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackServer::daemon);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final Semaphore arrivals = new Semaphore(0);
    private final Semaphore hangUps = new Semaphore(0);

    private LoopbackServer(Function<RecordedRequest, Reply> replies) {
        this.replies = requireNonNull(replies, "replies");
        try {
            this.listening = new ServerSocket(0, 0, loopback());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + loopback(), e);
        }
    }

    /** A running server that does this about every request. */
    public static LoopbackServer replying(Reply reply) {
        requireNonNull(reply, "reply");
        return replying(request -> reply);
    }

    /** A running server that chooses its reply by the request; the function may run on several threads at once. */
    public static LoopbackServer replying(Function<RecordedRequest, Reply> replies) {
        LoopbackServer server = new LoopbackServer(replies);
        server.threads.execute(server::accept);
        return server;
    }

    /** An address on which nobody listens, so that a connection is refused. */
    public static URI refusingAddress() {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return address(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + loopback(), e);
        }
    }

    /** {@code http://127.0.0.1:port}. */
    public URI address() {
        return address(listening);
    }

    /** The requests so far, in the order in which they were complete. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /**
     * Waits until that many requests have come that no earlier call of this method waited for.
     *
     * @return false when they did not within the limit
     */
    public boolean awaitRequests(int count, Duration limit) throws InterruptedException {
        return arrivals.tryAcquire(count, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits until a client has given up a connection that was stalled, or in the middle of a reply.
     *
     * @return false when none did within the limit
     */
    public boolean awaitHangUp(Duration limit) throws InterruptedException {
        return hangUps.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("could not close " + listening, e);
        } finally {
            connections.forEach(Connection::close);
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            acceptOne();
        }
    }

    private void acceptOne() {
        try {
            Connection connection = new Connection(listening.accept(), this::reply, hangUps::release);
            connections.add(connection);
            threads.execute(connection);
        } catch (IOException | RejectedExecutionException e) {
            // Closed, which the loop sees, or a client that was gone before it was served.
            return;
        }
    }

    private Reply reply(RecordedRequest request) {
        requests.add(request);
        arrivals.release();
        return replies.apply(request);
    }

    private static URI address(ServerSocket socket) {
        return URI.create("http://" + loopback().getHostAddress() + ":" + socket.getLocalPort());
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "melancia-loopback");
        thread.setDaemon(true);
        return thread;
    }
}
