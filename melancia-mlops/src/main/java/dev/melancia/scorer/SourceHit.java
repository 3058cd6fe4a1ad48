package dev.melancia.scorer;

import java.util.List;

/**
 * Whether one of the expected sources is among the first sources of the answer. Not applicable where the question expects
 * none, or the answer does not say (an empty list is 0): compare n between subjects. Only the first sources count, so a longer list buys nothing. Names are
 * compared exactly, outer white space aside. Immutable.
 */
final class SourceHit implements Scorer {

    private final int first;

    SourceHit(int first) {
        if (first < 1) {
            throw new IllegalArgumentException("first must be at least 1, was " + first);
        }
        this.first = first;
    }

    @Override
    public String name() {
        return "source hit@" + first;
    }

    @Override
    public ScoreScale scale() {
        return ScoreScale.yesNoScale();
    }

    @Override
    public String measures() {
        return "1 when an expected source is among the first " + first + " of the answer, else 0";
    }

    @Override
    public String blindTo() {
        return "whether the answer used the source, all expected sources but the first found, and answers that name no"
                + " sources at all: a subject that names them only when sure is judged on fewer questions, so compare n";
    }

    @Override
    public Score score(Question question, Answer answer) {
        if (question.sources().isEmpty()) {
            return Score.notApplicable("the question expects no source");
        }
        if (answer.sources().isEmpty()) {
            return Score.notApplicable("the subject reports no sources");
        }
        List<String> expected = question.sources().stream().map(String::strip).toList();
        boolean hit =
                answer.sources().get().stream().limit(first).map(String::strip).anyMatch(expected::contains);
        return Score.of(hit ? 1 : 0);
    }
}
