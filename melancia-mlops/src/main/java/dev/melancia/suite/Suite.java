package dev.melancia.suite;

import static java.util.Objects.requireNonNull;

import dev.melancia.benchmark.Dataset;
import dev.melancia.suite.SuiteFile.SubjectEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A benchmark read from a JSON file. Paths in it are seen from its own folder; keys are never in it, they come from the
 * environment. What a file cannot say (a chain of your own, a retriever, a scorer in code) is built in Java with
 * {@code Benchmark.builder()}. Immutable.
 *
 * @since 0.1.0
 */
public final class Suite {

    private final Path file;
    private final SuiteFile suite;
    private final Dataset dataset;

    private Suite(Path file, SuiteFile suite, Dataset dataset) {
        this.file = file;
        this.suite = suite;
        this.dataset = dataset;
    }

    /**
     * Reads a suite and its dataset.
     *
     * @throws SuiteException naming the field that is unknown, missing or out of range
     * @throws dev.melancia.benchmark.DatasetException when the dataset is malformed
     * @throws IOException when a file cannot be read
     */
    public static Suite read(Path file) throws IOException {
        requireNonNull(file, "file");
        SuiteFile suite = new SuiteReader(nameOf(file)).read(Files.readString(file, StandardCharsets.UTF_8));
        return new Suite(file, suite, Dataset.read(file.resolveSibling(suite.dataset())));
    }

    /** The suite's name. */
    public String name() {
        return suite.name();
    }

    /** The questions. */
    public Dataset dataset() {
        return dataset;
    }

    static String nameOf(SubjectEntry subject) {
        return subject.name() == null ? subject.model() : subject.name();
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return String.valueOf(name == null ? file : name);
    }

    /** The file's name and the dataset; no key and no question. */
    @Override
    public String toString() {
        return "Suite[" + nameOf(file) + ", " + dataset + "]";
    }
}
