package dev.melancia.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An address on the loopback interface that takes no connection and refuses none, as a host behind a firewall that drops
 * packets: a server that accepts nothing lets further connections wait once its backlog is full. For tests only.
 * Confined to one thread.
 *
 * @since 0.1.0
 */
public final class BlackHole implements AutoCloseable {

    /** More than the system takes for a backlog of one. */
    private static final int FILLING = 8;

    private final ServerSocket listening;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private BlackHole(ServerSocket listening) {
        this.listening = listening;
    }

    /** Opens one at a free port. */
    public static BlackHole open() {
        try {
            BlackHole hole = new BlackHole(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            for (int i = 0; i < FILLING; i++) {
                hole.fill();
            }
            return hole;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + InetAddress.getLoopbackAddress(), e);
        }
    }

    /** {@code http://127.0.0.1:port}. */
    public URI address() {
        return URI.create("http://" + listening.getInetAddress().getHostAddress() + ":" + listening.getLocalPort());
    }

    @Override
    public void close() {
        try {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("could not close " + listening, e);
        }
    }

    private void fill() throws IOException {
        SocketChannel channel = SocketChannel.open();
        waiting.add(channel);
        channel.configureBlocking(false);
        channel.connect(listening.getLocalSocketAddress());
    }
}
