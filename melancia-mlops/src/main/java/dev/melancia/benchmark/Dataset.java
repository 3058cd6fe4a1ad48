package dev.melancia.benchmark;

import static java.util.Objects.requireNonNull;

import dev.melancia.scorer.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The questions of a benchmark, in order, with unique ids; never empty. Immutable.
 *
 * <p>As a file it is JSON Lines in UTF-8, one object a line: {@code id} and {@code question} (required),
 * {@code reference} or {@code references}, {@code sources}, {@code context}, {@code tags}, {@code answerable},
 * {@code conversation}, {@code group}. Entries of one conversation are its turns, in the file's order; instead an entry
 * may hold all {@code turns}, an array of such objects without ids, which become {@code id/1}, {@code id/2} and so on.
 * Questions of one {@code group} (a document, a customer) are not independent of each other. A question without a
 * reference counts as not answerable unless {@code answerable} says otherwise; an unknown field is an error, since a
 * misspelt {@code reference} would make a question unanswerable without a word.
 *
 * <p>As CSV it has a header of the same names ({@code turns} apart), commas, and quotes where RFC 4180 wants them; an empty
 * cell is a missing field, and several references, sources or tags in one cell are separated by {@code |}.
 *
 * @since 0.1.0
 */
public final class Dataset {

    private final String name;
    private final List<Question> questions;

    private Dataset(String name, List<Question> questions) {
        this.name = name;
        this.questions = questions;
    }

    /**
     * Reads a file of JSON lines, or of CSV when its name ends in {@code .csv}; its file name becomes the dataset's name. Blank lines are skipped.
     *
     * @throws DatasetException naming the line that is malformed or repeats an id, or when there is no question
     * @throws IOException when the file cannot be read
     */
    public static Dataset read(Path file) throws IOException {
        Path fileName = requireNonNull(file, "file").getFileName();
        String name = String.valueOf(fileName == null ? file : fileName);
        DatasetReader reader = new DatasetReader(name);
        byte[] bytes = Files.readAllBytes(file);
        boolean csv = name.toLowerCase(Locale.ROOT).endsWith(".csv");
        return new Dataset(name, csv ? reader.readCsv(bytes) : reader.read(bytes));
    }

    /**
     * A dataset from questions at hand.
     *
     * @throws IllegalArgumentException when there is no question or two share an id
     */
    public static Dataset of(String name, List<Question> questions) {
        requireNonNull(name, "name");
        List<Question> copy = List.copyOf(questions);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("dataset " + name + " must have at least one question");
        }
        Set<String> ids = new HashSet<>();
        for (Question question : copy) {
            if (!ids.add(question.id())) {
                throw new IllegalArgumentException(
                        "question ids must be unique in dataset " + name + ", repeated was \"" + question.id() + "\"");
            }
        }
        return new Dataset(name, copy);
    }

    /** Names the dataset in the report. */
    public String name() {
        return name;
    }

    /** The questions, at least one. */
    public List<Question> questions() {
        return questions;
    }

    /** Name and size; no question. */
    @Override
    public String toString() {
        return "Dataset[" + name + ", " + questions.size() + " questions]";
    }
}
