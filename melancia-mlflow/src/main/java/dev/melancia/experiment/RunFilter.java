package dev.melancia.experiment;

import dev.melancia.experiment.FilterToken.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The common part of MLflow's filter: comparisons joined by {@code and}. Confined to one thread while it is parsed. */
final class RunFilter {

    private static final String COMPARISONS = "= != < <= > >=";
    private static final String TEXT_COMPARISONS = "= != LIKE ILIKE";

    private final FilterScanner scanner;
    private final List<Predicate<RecordedRun>> clauses = new ArrayList<>();
    private FilterToken next;

    private RunFilter(String filter) {
        scanner = new FilterScanner("filter", filter);
        next = scanner.next();
    }

    /**
     * Reads a filter; blank means every run.
     *
     * @throws IllegalArgumentException with the place and what could stand there
     */
    static RunFilter parse(String text) {
        RunFilter filter = new RunFilter(text);
        boolean more = filter.next.kind() != Kind.END;
        while (more) {
            filter.clauses.add(filter.clause());
            more = filter.next.isWord("and");
            if (more) {
                filter.take();
            } else if (filter.next.kind() != Kind.END) {
                throw filter.expected(
                        filter.next,
                        filter.next.isWord("or")
                                ? "\"and\": there is no \"or\" in MLflow's filters"
                                : "\"and\" or the end");
            }
        }
        return filter;
    }

    boolean matches(RecordedRun run) {
        return clauses.stream().allMatch(clause -> clause.test(run));
    }

    private Predicate<RecordedRun> clause() {
        FilterToken word = take();
        if (word.kind() != Kind.WORD) {
            throw expected(word, "a field: " + RunField.EXPECTED);
        }
        RunField field = RunField.of(word.text())
                .orElseThrow(() -> scanner.problem(
                        word.at(), "unknown field \"" + word.text() + "\"; expected " + RunField.EXPECTED));
        FilterToken comparison = take();
        if (comparison.isWord("is")) {
            return presence(field, comparison);
        }
        return field.numeric() ? numbers(field, comparison) : texts(field, comparison);
    }

    private Predicate<RecordedRun> numbers(RunField field, FilterToken comparison) {
        if (comparison.kind() != Kind.COMPARISON) {
            throw expected(comparison, "one of " + COMPARISONS + " after a " + field.kind());
        }
        FilterToken value = take();
        if (value.kind() != Kind.NUMBER) {
            throw expected(value, "a number without quotes, to compare a " + field.kind() + " with");
        }
        double number = Double.parseDouble(value.text());
        String sign = comparison.text();
        return run -> field.number(run).stream().anyMatch(actual -> holds(actual, sign, number));
    }

    private static boolean holds(double actual, String sign, double wanted) {
        return switch (sign) {
            case "=" -> actual == wanted;
            case "!=" -> actual != wanted;
            case "<" -> actual < wanted;
            case "<=" -> actual <= wanted;
            case ">" -> actual > wanted;
            default -> actual >= wanted;
        };
    }

    private Predicate<RecordedRun> texts(RunField field, FilterToken comparison) {
        if (comparison.isWord("in") || comparison.isWord("not")) {
            return membership(field, comparison);
        }
        String sign = comparison.text().toUpperCase(Locale.ROOT);
        boolean known = comparison.kind() == Kind.COMPARISON || comparison.kind() == Kind.WORD;
        if (!known || !List.of(TEXT_COMPARISONS.split(" ")).contains(sign)) {
            throw expected(comparison, "one of " + TEXT_COMPARISONS + " after a " + field.kind() + ", which is a text");
        }
        FilterToken value = take();
        if (value.kind() != Kind.TEXT) {
            throw expected(value, "a text in quotes, to compare a " + field.kind() + " with");
        }
        Predicate<String> test = textTest(sign, value.text());
        return run -> field.text(run).filter(test).isPresent();
    }

    private static Predicate<String> textTest(String sign, String wanted) {
        return switch (sign) {
            case "=" -> wanted::equals;
            case "!=" -> actual -> !actual.equals(wanted);
            case "LIKE" -> actual -> LikePattern.matches(wanted, actual);
            default -> {
                String lower = wanted.toLowerCase(Locale.ROOT);
                yield actual -> LikePattern.matches(lower, actual.toLowerCase(Locale.ROOT));
            }
        };
    }

    private Predicate<RecordedRun> membership(RunField field, FilterToken first) {
        boolean wanted = first.isWord("in");
        FilterToken in = wanted ? first : take();
        if (!in.isWord("in")) {
            throw expected(in, "IN after NOT");
        }
        if (!field.key().equals("run_id") || field.kind() != RunField.Kind.TEXT_ATTRIBUTE) {
            throw scanner.problem(
                    first.at(), "MLflow has " + (wanted ? "IN" : "NOT IN") + " for attributes.run_id only; use =");
        }
        Set<String> ids = new HashSet<>();
        FilterToken sign = take();
        if (!sign.isPunctuation("(")) {
            throw expected(sign, "a list such as ('a', 'b')");
        }
        do {
            FilterToken id = take();
            if (id.kind() != Kind.TEXT) {
                throw expected(id, "a run id in quotes");
            }
            ids.add(id.text());
            sign = take();
        } while (sign.isPunctuation(","));
        if (!sign.isPunctuation(")")) {
            throw expected(sign, "\",\" or \")\"");
        }
        return run -> ids.contains(run.id()) == wanted;
    }

    private Predicate<RecordedRun> presence(RunField field, FilterToken is) {
        boolean wanted = next.isWord("not");
        if (wanted) {
            take();
        }
        FilterToken word = take();
        if (!word.isWord("null")) {
            throw expected(word, wanted ? "NULL" : "NULL or NOT NULL");
        }
        if (field.kind() != RunField.Kind.PARAM && field.kind() != RunField.Kind.TAG) {
            throw scanner.problem(is.at(), "MLflow has IS NULL for parameters and tags only");
        }
        return run -> field.text(run).isPresent() == wanted;
    }

    private FilterToken take() {
        FilterToken taken = next;
        if (taken.kind() != Kind.END) {
            next = scanner.next();
        }
        return taken;
    }

    private IllegalArgumentException expected(FilterToken found, String what) {
        return scanner.problem(found.at(), "expected " + what + ", found " + found.shown());
    }
}
