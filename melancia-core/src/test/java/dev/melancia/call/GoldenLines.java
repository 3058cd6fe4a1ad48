package dev.melancia.call;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Lines that were written once and stay readable for ever. */
final class GoldenLines {

    private GoldenLines() {}

    static List<String> read(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(GoldenLines.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
