package dev.melancia.call;

import java.io.Closeable;
import java.io.IOException;

/** Where a call log's lines go. Lines are appended by one thread; any thread closes, also while an append hangs. */
interface LineSink extends Closeable {

    /** Appends lines, each with its line end. */
    void append(String lines) throws IOException;
}
