package dev.melancia.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melancia.benchmark.Outcome;
import dev.melancia.scorer.Answer;
import dev.melancia.scorer.Question;
import dev.melancia.scorer.Score;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One subject's outcomes as columns, a row for each repeat of each question, also of those that it was not asked. */
final class PageAnswers {

    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

    private final List<Question> questions;
    private final int repeats;
    private final TextPool pool;

    PageAnswers(List<Question> questions, int repeats, TextPool pool) {
        this.questions = questions;
        this.repeats = repeats;
        this.pool = pool;
    }

    void write(List<Outcome> outcomes, List<PageColumn> columns, ObjectNode node) {
        List<Optional<Outcome>> rows = rows(outcomes);
        ArrayNode texts = node.putArray("text");
        ArrayNode errors = node.putArray("error");
        for (Optional<Outcome> row : rows) {
            texts.add(row.flatMap(Outcome::reply)
                    .map(answer -> pool.index(answer.text()))
                    .orElse(TextPool.NONE));
            errors.add(row.map(this::error).orElse(TextPool.NONE));
        }
        ArrayNode values = node.putArray("values");
        columns.forEach(column -> values(rows, column, values));
        known(rows, "sources", node, Answer::sources);
        known(rows, "passages", node, Answer::passages);
        models(rows, node);
        finishes(rows, node);
    }

    private List<Optional<Outcome>> rows(List<Outcome> outcomes) {
        Map<String, Integer> first = new HashMap<>();
        questions.forEach(question -> first.put(question.id(), first.size() * repeats));
        List<Optional<Outcome>> rows = new ArrayList<>();
        for (int i = 0; i < questions.size() * repeats; i++) {
            rows.add(Optional.empty());
        }
        for (Outcome outcome : outcomes) {
            Integer row = first.get(outcome.question().id());
            if (row != null) {
                rows.set(row + outcome.call().repeat(), Optional.of(outcome));
            }
        }
        return rows;
    }

    private int error(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed ? pool.index(Tables.error(failed)) : TextPool.NONE;
    }

    /** A column in which nobody says anything is null. */
    private void values(List<Optional<Outcome>> rows, PageColumn column, ArrayNode values) {
        boolean scored = column.metric().unit().isEmpty();
        List<Score> scores = rows.stream()
                .map(row -> row.filter(outcome -> outcome.reply().isPresent())
                        .map(column.metric()::read)
                        .orElse(Score.notApplicable("")))
                .toList();
        boolean empty = scores.stream()
                .allMatch(score ->
                        score.value().isEmpty() && (!scored || score.reason().isEmpty()));
        if (empty) {
            values.addNull();
            return;
        }
        ArrayNode array = values.addArray();
        scores.forEach(score -> value(score, scored, array));
    }

    private void value(Score score, boolean scored, ArrayNode array) {
        if (score.value().isPresent()) {
            array.add(number(score.value().getAsDouble()));
        } else if (!scored || score.reason().isEmpty()) {
            array.addNull();
        } else {
            array.addArray().add(score instanceof Score.Failed ? 1 : 0).add(pool.index(score.reason()));
        }
    }

    /** As many digits as the page shows, and one more. */
    private static BigDecimal number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private void known(
            List<Optional<Outcome>> rows,
            String field,
            ObjectNode node,
            Function<Answer, Optional<List<String>>> part) {
        List<Optional<List<String>>> lists = rows.stream()
                .map(row -> row.flatMap(Outcome::reply).flatMap(part))
                .toList();
        if (lists.stream().allMatch(Optional::isEmpty)) {
            return;
        }
        ArrayNode array = node.putArray(field);
        for (Optional<List<String>> list : lists) {
            list.ifPresentOrElse(names -> PageData.indexes(array.addArray(), names, pool), array::addNull);
        }
    }

    private void models(List<Optional<Outcome>> rows, ObjectNode node) {
        List<@Nullable String> models = new ArrayList<>();
        rows.forEach(row ->
                models.add(row.flatMap(Outcome::reply).flatMap(Answer::model).orElse(null)));
        if (models.stream().anyMatch(model -> model != null)) {
            ArrayNode array = node.putArray("model");
            models.forEach(model -> array.add(model == null ? TextPool.NONE : pool.index(model)));
        }
    }

    /** Only when some answer did not end of itself. */
    private static void finishes(List<Optional<Outcome>> rows, ObjectNode node) {
        List<String> finishes = rows.stream()
                .map(row -> row.flatMap(Outcome::reply).map(Answer::finish).orElse(Answer.Finish.UNKNOWN))
                .map(finish -> finish == Answer.Finish.COMPLETE || finish == Answer.Finish.UNKNOWN ? "" : finish.name())
                .toList();
        if (finishes.stream().anyMatch(finish -> !finish.isEmpty())) {
            ArrayNode array = node.putArray("finish");
            finishes.forEach(array::add);
        }
    }
}
