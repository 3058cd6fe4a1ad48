package dev.melancia.examples.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documents of the repository, and the regions of code that they show. */
final class Documents {

    private static final String PACKAGE = "dev/melancia/examples/guide/";
    private static final List<String> HOMES = List.of(
            "examples/src/main/java/" + PACKAGE,
            "examples/src/test/java/" + PACKAGE,
            "examples/src/main/resources/" + PACKAGE);

    private Documents() {}

    static Path root() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return Files.exists(module.resolve("README.md")) ? module : module.getParent();
    }

    /** Every document in Markdown, those at the root and those below docs. */
    static List<Path> all() {
        try (Stream<Path> top = Files.list(root());
                Stream<Path> below = Files.walk(root().resolve("docs"))) {
            return Stream.concat(top, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a marker names: {@code Guide.java#routing} is a region without its indentation, {@code flags.json} a file. */
    static String region(String name) {
        int hash = name.indexOf('#');
        String source = read(source(hash < 0 ? name : name.substring(0, hash)));
        return hash < 0 ? source : cut(source, name.substring(hash + 1));
    }

    static String cut(String source, String region) {
        List<String> lines = source.lines().toList();
        int start = indexOf(lines, "// region " + region, 0);
        int end = indexOf(lines, "// endregion", start);
        return String.join("\n", lines.subList(start + 1, end)).stripIndent() + "\n";
    }

    private static int indexOf(List<String> lines, String text, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(text)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there must be a line \"" + text + "\" after line " + from);
    }

    private static Path source(String file) {
        return HOMES.stream()
                .map(home -> root().resolve(home + file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(file + " must be in one of " + HOMES));
    }
}
