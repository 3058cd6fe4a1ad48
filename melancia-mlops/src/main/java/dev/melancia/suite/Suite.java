package dev.melancia.suite;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melancia.MelanciaException;
import dev.melancia.analysis.ReportLanguage;
import dev.melancia.benchmark.Benchmark;
import dev.melancia.benchmark.Dataset;
import dev.melancia.provider.ChatModelProviders;
import dev.melancia.regression.Gate;
import dev.melancia.scorer.Scorer;
import dev.melancia.scorer.Scorers;
import dev.melancia.suite.SuiteFile.GateEntry;
import dev.melancia.suite.SuiteFile.SubjectEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private final ReportLanguage language;
    private final List<Scorer> scorers;

    private Suite(Path file, SuiteFile suite, Dataset dataset) {
        this.file = file;
        this.suite = suite;
        this.dataset = dataset;
        this.language = at(nameOf(file), "language", () -> language(suite.language()));
        this.scorers = scorers(nameOf(file), suite);
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
        Suite read = new Suite(file, suite, Dataset.read(file.resolveSibling(suite.dataset())));
        read.gateAgainstEarlierRun(); // a rule that is wrong is told before anything is paid for
        return read;
    }

    /** The suite's name. */
    public String name() {
        return suite.name();
    }

    /** The questions. */
    public Dataset dataset() {
        return dataset;
    }

    /** The language of its reports; English unless the file says otherwise. */
    public ReportLanguage language() {
        return language;
    }

    /** The scorers it names, else the standard ones. */
    public List<Scorer> scorers() {
        return scorers;
    }

    /**
     * What must hold for a run alone, such as a failure rate; empty when the file has no such rule.
     *
     * @throws SuiteException when a rule is out of range
     */
    public Optional<Gate> gate() {
        return gate(false);
    }

    /** What must hold for a run beside an earlier one: the same rules, and those that compare. */
    public Optional<Gate> gateAgainstEarlierRun() {
        return gate(true);
    }

    private Optional<Gate> gate(boolean comparing) {
        GateEntry entry = suite.gate();
        return entry == null
                ? Optional.empty()
                : at("gate", () -> Optional.ofNullable(SuiteGate.gate(entry, comparing)));
    }

    /**
     * The benchmark it describes, for the caller to add a folder, listeners or more.
     *
     * @param providers where its models are looked up
     * @throws SuiteException when a subject cannot be made: provider unknown, key not set, value out of range
     */
    public Benchmark.Builder benchmark(ChatModelProviders providers) {
        return benchmark(providers, System::getenv);
    }

    /** The same with an environment of your own, where keys and addresses are looked up. */
    public Benchmark.Builder benchmark(ChatModelProviders providers, Function<String, @Nullable String> environment) {
        requireNonNull(providers, "providers");
        requireNonNull(environment, "environment");
        Benchmark.Builder benchmark = Benchmark.builder().dataset(dataset);
        scorers.forEach(benchmark::scorer);
        set(suite.repeats(), benchmark::repeats);
        set(suite.warmUp(), benchmark::warmUp);
        set(suite.seed(), benchmark::seed);
        set(suite.maxConcurrency(), benchmark::maxConcurrency);
        set(suite.budgetUsd(), benchmark::budgetUsd);
        SuiteSubjects subjects = new SuiteSubjects(providers, environment, InstantSource.system());
        for (int i = 0; i < suite.subjects().size(); i++) {
            SubjectEntry entry = suite.subjects().get(i);
            benchmark.subject(at("subjects[" + i + "]", () -> subjects.subject(entry)));
        }
        return benchmark;
    }

    private static ReportLanguage language(@Nullable String tag) {
        return switch (tag == null ? "en" : tag) {
            case "en" -> ReportLanguage.ENGLISH;
            case "pt", "pt-BR" -> ReportLanguage.PORTUGUESE;
            default -> throw new IllegalArgumentException("must be en or pt, was " + tag);
        };
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    /** What somebody else found wrong, with its place in the file. */
    private <T> T at(String place, Supplier<T> part) {
        return at(nameOf(file), place, part);
    }

    private static <T> T at(String file, String place, Supplier<T> part) {
        try {
            return part.get();
        } catch (MelanciaException | IllegalArgumentException e) {
            throw new SuiteException(file, place, String.valueOf(e.getMessage()));
        }
    }

    private static List<Scorer> scorers(String file, SuiteFile suite) {
        if (suite.scorers() == null) {
            return Scorers.standard();
        }
        SuiteScorers catalogue = new SuiteScorers();
        List<Scorer> scorers = new ArrayList<>();
        for (JsonNode entry : suite.scorers()) {
            scorers.add(at(file, "scorers[" + scorers.size() + "]", () -> catalogue.scorer(entry)));
        }
        return List.copyOf(scorers);
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
