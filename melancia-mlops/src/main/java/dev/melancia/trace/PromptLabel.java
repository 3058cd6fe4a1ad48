package dev.melancia.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a prompt in a registry, where a call names one: {@code answer/3} or {@code answer@3}.
 *
 * @param name of the prompt
 * @param number of its version
 */
record PromptLabel(String name, int number) {

    private static final Pattern FORM = Pattern.compile("(.{1,240})[/@](\\d{1,9})", Pattern.DOTALL);

    static Optional<PromptLabel> of(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() && !form.group(1).isBlank()
                ? Optional.of(new PromptLabel(form.group(1), Integer.parseInt(form.group(2))))
                : Optional.empty();
    }
}
