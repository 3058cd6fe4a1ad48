package dev.melancia.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the rules look at: the compiled classes of all modules, and the text of the repository. */
final class Product {

    private Product() {}

    /** Classes of the product without its tests. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.melancia");
    }

    /** The folder of the root pom. */
    static Path root() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return Files.exists(module.resolve("melancia-core")) ? module : module.getParent();
    }

    /** Java sources of the library modules, without tests, examples and measurements. */
    static List<Path> sources() {
        return files(root()).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> relative(file).contains("/src/main/java/"))
                .filter(file -> !relative(file).startsWith("examples/")
                        && !relative(file).startsWith("benchmarks/"))
                .toList();
    }

    /** Text files that Git keeps; without Git, those that do not look like a tool's own. */
    static List<Path> texts() {
        return texts(root());
    }

    static List<Path> texts(Path root) {
        List<Path> tracked = tracked(root);
        List<Path> candidates = tracked.isEmpty()
                ? files(root).stream()
                        .filter(file -> !file.getFileName().toString().startsWith("."))
                        .toList()
                : tracked;
        return candidates.stream()
                .filter(file -> !file.toString().matches(".*\\.(jar|class|png|gif|ico|gguf|zip|gz)"))
                .filter(Product::isText)
                .toList();
    }

    /** What Git knows below a folder; empty where there is no Git or no repository. */
    private static List<Path> tracked(Path root) {
        try {
            Process git = new ProcessBuilder("git", "ls-files", "-z")
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(git.waitFor() == 0 ? names.split("\0") : new String[0])
                    .filter(name -> !name.isEmpty())
                    .map(root::resolve)
                    .filter(Files::isRegularFile) // Git lists what was deleted and not yet committed
                    .toList();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static boolean isText(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf('\0') < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String relative(Path file) {
        return root().relativize(file).toString().replace('\\', '/');
    }

    /** Name of the outermost class around a class. */
    static String topLevel(JavaClass type) {
        String name = type.getName();
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Product::kept)
                    .sorted()
                    .flatMap(entry -> Files.isDirectory(entry) ? files(entry).stream() : Stream.of(entry))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not what a build or a tool leaves behind; {@code .git} is a file in a work tree. */
    private static boolean kept(Path entry) {
        return !List.of(".git", "target", ".idea", ".vscode", "node_modules")
                .contains(entry.getFileName().toString());
    }
}
