package dev.melancia.mlflow.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts and reads, and answers at most the first request of each connection; the second one finds the connection
 * closed, when there was an answer, as with a server whose keep-alive time is over.
 */
public final class Silent implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    public final AtomicInteger accepted = new AtomicInteger();
    private final String answer;

    /** Never answers. */
    public Silent() throws IOException {
        this("");
    }

    /** Answers the first request of each connection with this. */
    public Silent(String answer) throws IOException {
        this.answer = answer;
        daemon(this::accept);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "silent-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Its port. */
    public int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                accepted.incrementAndGet();
                open.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try {
            InputStream in = connection.getInputStream();
            if (request(in)) {
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                connection.getOutputStream().flush();
            }
            if (request(in) && !answer.isEmpty()) {
                connection.close();
            }
        } catch (IOException closed) {
            return;
        }
    }

    /** Reads one request that is a GET or whose body is {@code {}}; false at the end of the connection. */
    private static boolean request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n{}") < 0 && (text.indexOf("GET") != 0 || text.indexOf("\r\n\r\n") < 0)) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            text.append((char) c);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
