package dev.melancia.benchmark;

import dev.melancia.scorer.Question;
import java.util.regex.Pattern;

/** Turns an exception into a failed outcome that may be shown. */
final class Failures {

    private static final int LONGEST_MESSAGE = 300;
    private static final Pattern KEY = Pattern.compile(
            "(?i)\\b(?:sk|hf|pk|api|key|ghp|xoxb)[-_][a-z0-9_\\-]{6,}|(?<=bearer )\\S+|(?<=api[_-]?key[=: ]{1,3})\\S+");

    private Failures() {}

    static Outcome.Failed outcome(Question question, CallFacts call, Exception error) {
        String message = error.getMessage() == null
                ? ""
                : KEY.matcher(error.getMessage()).replaceAll("***");
        String shown = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
        String simple = error.getClass().getSimpleName();
        String name = simple.isEmpty() ? error.getClass().getName() : simple;
        return new Outcome.Failed(question, call, name, shown);
    }
}
