package dev.melancia.mlflow.tracking;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A git checkout as its files tell it. What cannot be read is unknown, never an error. Immutable.
 *
 * <p>The checkout of a worktree or submodule has a file {@code .git} that names its own folder; of a worktree that folder
 * has HEAD alone and a file {@code commondir}, which leads to references and configuration. References stand in files of
 * their own or, once packed, in {@code packed-refs}. Not read: the binary format "reftable", and included configuration.
 */
final class GitCheckout {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int DEEPEST_REFERENCE = 5;

    private final @Nullable Path own;
    private final @Nullable Path common;

    private GitCheckout(@Nullable Path own, @Nullable Path common) {
        this.own = own;
        this.common = common;
    }

    /** The checkout that holds this folder, if any. */
    static GitCheckout around(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return new GitCheckout(git, git);
            }
            if (Files.isRegularFile(git)) {
                return linked(at, git);
            }
        }
        return new GitCheckout(null, null);
    }

    private static GitCheckout linked(Path folder, Path file) {
        return firstLine(file)
                .filter(line -> line.startsWith("gitdir:"))
                .flatMap(line ->
                        resolve(folder, line.substring("gitdir:".length()).strip()))
                .map(own -> new GitCheckout(
                        own,
                        firstLine(own.resolve("commondir"))
                                .flatMap(line -> resolve(own, line))
                                .orElse(own)))
                .orElseGet(() -> new GitCheckout(null, null));
    }

    /** The commit that is checked out, 40 or 64 hexadecimal digits. */
    Optional<String> commit() {
        return head().flatMap(head -> commitOf(head, 0));
    }

    /** The branch that is checked out; empty when there is none. */
    Optional<String> branch() {
        return head().filter(head -> head.startsWith("ref: refs/heads/"))
                .map(head -> head.substring("ref: refs/heads/".length()))
                .filter(name -> !name.equals(".invalid")); // What a "reftable" puts here.
    }

    /** Address of the remote "origin", or of the first one, without credentials. */
    Optional<String> remote() {
        return common == null
                ? Optional.empty()
                : read(common.resolve("config"), GitRemotes::url).map(RepositoryUrl::withoutCredentials);
    }

    private Optional<String> head() {
        return own == null ? Optional.empty() : firstLine(own.resolve("HEAD"));
    }

    private Optional<String> commitOf(String line, int depth) {
        if (COMMIT.matcher(line).matches()) {
            return Optional.of(line);
        }
        if (own == null || common == null || depth == DEEPEST_REFERENCE || !line.startsWith("ref: refs/")) {
            return Optional.empty();
        }
        String name = line.substring("ref: ".length());
        return resolve(own, name)
                .flatMap(GitCheckout::firstLine)
                .or(() -> resolve(common, name).flatMap(GitCheckout::firstLine))
                .or(() -> packed(name))
                .flatMap(next -> commitOf(next, depth + 1));
    }

    private Optional<String> packed(String name) {
        return common == null
                ? Optional.empty()
                : read(
                        common.resolve("packed-refs"),
                        lines -> lines.filter(line -> line.endsWith(" " + name))
                                .map(line -> line.substring(0, line.indexOf(' ')))
                                .findFirst());
    }

    private static Optional<Path> resolve(Path folder, String name) {
        try {
            return Optional.of(folder.resolve(name).normalize());
        } catch (InvalidPathException noPathHere) {
            return Optional.empty();
        }
    }

    private static Optional<String> firstLine(Path file) {
        return read(file, lines -> lines.findFirst().map(String::strip).filter(line -> !line.isEmpty()));
    }

    private static Optional<String> read(Path file, Function<Stream<String>, Optional<String>> part) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        // Not Files.lines: it throws at bytes that are not UTF-8, which a name may have.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            return part.apply(lines.lines());
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }
}
