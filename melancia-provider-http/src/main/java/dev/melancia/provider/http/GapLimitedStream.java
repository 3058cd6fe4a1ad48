package dev.melancia.provider.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a body that pauses for longer than a limit: the JDK's request time-out is over once the headers are there. The
 * timer is the JDK's own ({@link CompletableFuture#orTimeout}); it is armed only where a read would block.
 */
final class GapLimitedStream extends FilterInputStream {

    private final Duration limit;
    private volatile boolean expired;

    GapLimitedStream(InputStream in, Duration limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (in.available() > 0) {
            return in.read(target, offset, length);
        }
        CompletableFuture<Void> gap = new CompletableFuture<>();
        CompletableFuture<Void> timer = gap.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((done, late) -> {
                    if (late != null) {
                        expire();
                    }
                });
        try {
            int count = in.read(target, offset, length);
            if (expired) {
                throw gapTooLong();
            }
            return count;
        } catch (IOException e) {
            throw expired ? gapTooLong() : e;
        } finally {
            gap.complete(null);
            timer.cancel(false);
        }
    }

    private void expire() {
        expired = true;
        try {
            in.close();
        } catch (IOException e) {
            // The reader that is being woken reports the time-out; nothing else can be done with this stream.
            return;
        }
    }

    private HttpTimeoutException gapTooLong() {
        return new HttpTimeoutException("nothing came for " + limit.toMillis() + " ms");
    }
}
