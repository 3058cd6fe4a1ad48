package dev.melancia.mlflow.prompt;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text, or the messages of a chat, with variables {@code {{ name }}}. Names are those of Python: letters, digits and
 * {@code _}, not beginning with a digit, joined by dots. Immutable; its {@code toString()} shows no text.
 *
 * <p>Templates with Jinja2's control flow ({@code {% … %}}), which Python fills, can be kept here but not filled.
 *
 * @since 0.1.0
 */
public final class PromptTemplate {

    private final Optional<String> text;
    private final List<PromptMessage> messages;
    private final Set<String> variables;

    private PromptTemplate(Optional<String> text, List<PromptMessage> messages) {
        this.text = text;
        this.messages = List.copyOf(messages);
        Set<String> names = new LinkedHashSet<>();
        contents().forEach(content -> names.addAll(Variables.in(content)));
        this.variables = Collections.unmodifiableSet(names);
    }

    /**
     * A template of one text.
     *
     * @throws IllegalArgumentException when it is blank, or has two opening braces that begin no variable
     */
    public static PromptTemplate text(String text) {
        if (requireNonNull(text, "text").isBlank()) {
            throw new IllegalArgumentException("text of a template must not be blank");
        }
        return asStored(text).checked();
    }

    /**
     * A template of messages, in the order of the chat.
     *
     * @throws IllegalArgumentException when there are none, or one has two opening braces that begin no variable
     */
    public static PromptTemplate chat(List<PromptMessage> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("messages of a template must not be empty");
        }
        return asStored(messages).checked();
    }

    /** What others have registered is taken as it is. */
    static PromptTemplate asStored(String text) {
        return new PromptTemplate(Optional.of(text), List.of());
    }

    static PromptTemplate asStored(List<PromptMessage> messages) {
        return new PromptTemplate(Optional.empty(), messages);
    }

    private PromptTemplate checked() {
        if (!jinja()) {
            contents().forEach(Variables::checkBraces);
        }
        return this;
    }

    /** Whether this is a chat rather than one text. */
    public boolean isChat() {
        return text.isEmpty();
    }

    /**
     * The text with its variables.
     *
     * @throws IllegalStateException for a chat
     */
    public String text() {
        return text.orElseThrow(() -> new IllegalStateException("the template is a chat; ask for its messages()"));
    }

    /**
     * The messages with their variables, in the order of the chat.
     *
     * @throws IllegalStateException for a text
     */
    public List<PromptMessage> messages() {
        if (!isChat()) {
            throw new IllegalStateException("the template is a text; ask for its text()");
        }
        return messages;
    }

    /** Names of the variables, in the order of their first use. */
    public Set<String> variables() {
        return variables;
    }

    /**
     * The text with these values in place of the variables; a value is never searched for variables itself.
     *
     * @throws IllegalArgumentException when a variable has no value or a value no variable, naming them
     * @throws IllegalStateException for a chat, and for Jinja2's control flow
     */
    public String fill(Map<String, String> values) {
        String template = text();
        check(values);
        return Variables.fill(template, values);
    }

    /**
     * The messages with these values in place of the variables; a value is never searched for variables itself.
     *
     * @throws IllegalArgumentException when a variable has no value or a value no variable, naming them
     * @throws IllegalStateException for a text, and for Jinja2's control flow
     */
    public List<PromptMessage> fillMessages(Map<String, String> values) {
        List<PromptMessage> templates = messages();
        check(values);
        return templates.stream()
                .map(message -> new PromptMessage(message.role(), Variables.fill(message.content(), values)))
                .toList();
    }

    private void check(Map<String, String> values) {
        if (jinja()) {
            throw new IllegalStateException(
                    "the template has control flow of Jinja2 ({% … %}), which is filled by Python only; use variables"
                            + " {{ name }} alone");
        }
        Variables.check(variables, values);
    }

    /** Python's test, message by message. */
    private boolean jinja() {
        return contents().stream().anyMatch(content -> content.contains("{%") && content.contains("%}"));
    }

    private List<String> contents() {
        List<String> contents = new ArrayList<>();
        text.ifPresent(contents::add);
        messages.forEach(message -> contents.add(message.content()));
        return contents;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptTemplate that && text.equals(that.text) && messages.equals(that.messages);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, messages);
    }

    /** Without the text. */
    @Override
    public String toString() {
        return "PromptTemplate[" + (isChat() ? messages.size() + " messages, " : "")
                + contents().stream().collect(Collectors.summingInt(String::length)) + " characters, variables "
                + variables + "]";
    }
}
