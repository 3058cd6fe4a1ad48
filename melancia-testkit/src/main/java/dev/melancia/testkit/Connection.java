package dev.melancia.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client's connection, served by one thread: HTTP/1.1, as little of it as the clients under test speak. */
final class Connection implements Runnable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Function<RecordedRequest, Reply> replies;
    private final Runnable hangUpSeen;

    Connection(Socket socket, Function<RecordedRequest, Reply> replies, Runnable hangUpSeen) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.replies = replies;
        this.hangUpSeen = hangUpSeen;
    }

    @Override
    public void run() {
        try (socket) {
            RecordedRequest request = read();
            while (request != null && replies.apply(request).sendTo(this)) {
                request = read();
            }
        } catch (IOException e) {
            // The client broke the connection in the middle of a reply: a hang-up like any other.
            hangUpSeen.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Closing is all that is left to do with this socket.
            return;
        }
    }

    void writeHead(int status, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean writeChunk(byte[] chunk) throws IOException {
        write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        write(chunk);
        return write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return true;
    }

    boolean awaitHangUp() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
        hangUpSeen.run();
        return false;
    }

    boolean hangUp() {
        close();
        return false;
    }

    private @Nullable RecordedRequest read() throws IOException {
        String start = line();
        if (start.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String[] parts = start.split(" ", 3);
        String body = new String(body(headers), StandardCharsets.UTF_8);
        return new RecordedRequest(parts[0], parts[1], headers, body);
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            throw new IOException("chunked requests are not served here; send a Content-Length");
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("request ended after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    /** Up to the line break; empty at the end of the connection. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
