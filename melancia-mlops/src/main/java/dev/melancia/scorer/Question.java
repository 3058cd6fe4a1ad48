package dev.melancia.scorer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question to ask, with what is known about its right answer. Without a reference it counts as not answerable, unless
 * {@link Builder#answerable} says otherwise. Immutable.
 *
 * @since 0.1.0
 */
public final class Question {

    private final String id;
    private final String text;
    private final List<String> references;
    private final List<String> sources;
    private final @Nullable String context;
    private final List<String> tags;
    private final boolean answerable;
    private final @Nullable String conversation;
    private final @Nullable String group;

    private Question(Builder builder) {
        id = builder.id;
        text = builder.text;
        references = builder.references;
        sources = builder.sources;
        context = builder.context;
        tags = builder.tags;
        conversation = builder.conversation;
        group = builder.group;
        answerable = builder.answerable == null ? !references.isEmpty() : builder.answerable;
    }

    /**
     * A question with its accepted answers; none makes it a question that must be refused.
     *
     * @throws IllegalArgumentException when a part is blank
     */
    public static Question of(String id, String text, String... references) {
        return builder(id, text).references(List.of(references)).build();
    }

    /**
     * Starts a question.
     *
     * @param id names the question in the report; unique in its dataset, not blank
     * @param text the question as a user would ask it, not blank
     * @throws IllegalArgumentException when one is blank
     */
    public static Builder builder(String id, String text) {
        return new Builder(id, text);
    }

    /** The name of the question in reports. */
    public String id() {
        return id;
    }

    /** The question as a user would ask it. */
    public String text() {
        return text;
    }

    /** Accepted answers, in the dataset's order; may be empty. */
    public List<String> references() {
        return references;
    }

    /** Names of the sources that a right answer rests on; empty when not known. */
    public List<String> sources() {
        return sources;
    }

    /** Text to hand to the model together with the question. */
    public Optional<String> context() {
        return Optional.ofNullable(context);
    }

    /** Free labels, such as the topic. */
    public List<String> tags() {
        return tags;
    }

    /** The conversation this question is a turn of; its turns are asked in the dataset's order, with memory. */
    public Optional<String> conversation() {
        return Optional.ofNullable(conversation);
    }

    /**
     * What its answers have in common with those of other questions, so that they do not count as independent: the group
     * given (a document, a customer), else the conversation, else its own id.
     */
    public String group() {
        return group != null ? group : conversation != null ? conversation : id;
    }

    /** Whether the question has an answer; if not, refusing is right. */
    public boolean isAnswerable() {
        return answerable;
    }

    /** The id only: the text stays out of logs. */
    @Override
    public String toString() {
        return "Question[" + id + "]";
    }

    /** Builds a {@link Question}. Confined to one thread. */
    public static final class Builder {

        private final String id;
        private final String text;
        private List<String> references = List.of();
        private List<String> sources = List.of();
        private @Nullable String context;
        private List<String> tags = List.of();
        private @Nullable Boolean answerable;
        private @Nullable String conversation;
        private @Nullable String group;

        private Builder(String id, String text) {
            this.id = notBlank(id, "id");
            this.text = notBlank(text, "question");
        }

        /** Accepted answers, none blank; default none. */
        public Builder references(List<String> references) {
            this.references = noneBlank(references, "reference");
            return this;
        }

        /** Expected sources, none blank; default none. */
        public Builder sources(List<String> sources) {
            this.sources = noneBlank(sources, "source");
            return this;
        }

        /** Text for the model; default none. */
        public Builder context(String context) {
            this.context = requireNonNull(context, "context");
            return this;
        }

        /** Labels, none blank; default none. */
        public Builder tags(List<String> tags) {
            this.tags = noneBlank(tags, "tag");
            return this;
        }

        /** Default: whether there is a reference. */
        public Builder answerable(boolean answerable) {
            this.answerable = answerable;
            return this;
        }

        /** The conversation it is a turn of, not blank; default none. */
        public Builder conversation(String conversation) {
            this.conversation = notBlank(conversation, "conversation");
            return this;
        }

        /** Questions of one group are not independent, such as those on one document; not blank; default the conversation. */
        public Builder group(String group) {
            this.group = notBlank(group, "group");
            return this;
        }

        /** The question. */
        public Question build() {
            return new Question(this);
        }

        private static List<String> noneBlank(List<String> values, String name) {
            values.forEach(value -> notBlank(value, name));
            return List.copyOf(values);
        }

        private static String notBlank(String value, String name) {
            if (requireNonNull(value, name).isBlank()) {
                throw new IllegalArgumentException(name + " must not be blank");
            }
            return value;
        }
    }
}
