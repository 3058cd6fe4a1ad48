package dev.melancia.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** Text files of the repository that Git would keep. */
    static List<Path> texts() {
        return files(root()).stream()
                .filter(file -> !file.toString().matches(".*\\.(jar|class|png|gif|ico|gguf|zip|gz)"))
                .toList();
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
