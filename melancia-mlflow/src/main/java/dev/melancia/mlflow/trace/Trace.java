package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.melancia.mlflow.event.TraceEvent;
import dev.melancia.mlflow.prompt.LinkedPrompts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened inside one call of an application: spans in a tree, and whose call it was. Immutable; its
 * {@code toString()} shows no content.
 *
 * <p>It has one root, and at most {@value #MAX_SPANS} spans. MLflow knows it as {@code tr-<id>}. The first span added need
 * not be the root.
 *
 * @since 0.1.0
 */
public final class Trace {

    /** Most spans of a trace. */
    public static final int MAX_SPANS = 100;

    /** Longest text as it is written, in characters (UTF-16 units); less where many long texts come together. */
    public static final int MAX_TEXT = 64_000;

    /** Most tags of a trace. */
    public static final int MAX_TAGS = 48;

    private final String id;
    private final List<Span> spans;
    private final SpanIds ids;
    private final @Nullable String user;
    private final @Nullable String session;
    private final Map<String, String> tags;
    private final String prompts;

    private Trace(Builder builder) {
        this.id = builder.id;
        this.spans = List.copyOf(builder.spans);
        this.ids = new SpanIds(id, spans);
        this.user = builder.user;
        this.session = builder.session;
        this.tags = new LinkedHashMap<>(builder.tags);
        this.prompts = builder.prompts;
    }

    /**
     * Starts to describe a trace.
     *
     * @param id 32 lower-case hexadecimal digits, see {@link #idOf}
     * @throws IllegalArgumentException when the id breaks that rule
     */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /**
     * An id made of a text, the same for the same text: such as the id of a request, so that what is said of it later finds its
     * trace.
     */
    public static String idOf(String seed) {
        return Rules.hashed(requireNonNull(seed, "seed"));
    }

    /** Its 32 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** The spans, in the order they were added. */
    public List<Span> spans() {
        return spans;
    }

    /**
     * The trace as an OTLP/JSON object on one line, of at most {@value TraceEvent#MAX_JSON} bytes in UTF-8.
     *
     * <p>Texts (inputs, outputs, attributes, errors, tags) longer than {@value #MAX_TEXT} characters are cut: the beginning stays,
     * and the end tells how many characters there were. When the whole is still too large, all texts are cut to half of that, and
     * half again, until it fits. JSON that was cut is shown as plain text. The character U+0000 and lone surrogates become U+FFFD.
     *
     * @throws IllegalStateException when so many spans and attributes are there that it does not fit even with texts of 32
     *     characters
     */
    public String toOtlpJson() {
        return Fitting.within(TraceEvent.MAX_JSON, new BoundedText(MAX_TEXT), this::write);
    }

    private void write(JsonGenerator json, BoundedText bound) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("resourceSpans");
        json.writeStartObject();
        json.writeObjectFieldStart("resource");
        json.writeArrayFieldStart("attributes");
        OtlpAttribute.text("service.name", "melancia").write(json, bound);
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayFieldStart("scopeSpans");
        json.writeStartObject();
        json.writeArrayFieldStart("spans");
        SpanWriter writer = new SpanWriter(json, bound);
        for (Span span : spans) {
            writer.write(span, ids, span.parent == null ? ofTrace() : List.of());
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What MLflow reads of the whole trace from its root. */
    private List<OtlpAttribute> ofTrace() {
        List<OtlpAttribute> attributes = new ArrayList<>();
        if (user != null) {
            attributes.add(OtlpAttribute.text("user.id", user));
        }
        if (session != null) {
            attributes.add(OtlpAttribute.text("session.id", session));
        }
        if (!prompts.isEmpty()) {
            attributes.add(OtlpAttribute.text(LinkedPrompts.TAG, prompts));
            attributes.add(OtlpAttribute.text("mlflow.traceTag." + LinkedPrompts.TAG, prompts));
        }
        tags.forEach((key, value) -> attributes.add(OtlpAttribute.text("mlflow.traceTag." + key, value)));
        return attributes;
    }

    @Override
    public String toString() {
        return "Trace[" + id + ", " + spans.size() + " spans]";
    }

    /**
     * Collects a trace. Confined to one thread. Methods throw IllegalArgumentException for what breaks their rules.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final String id;
        private final List<Span> spans = new ArrayList<>();
        private @Nullable String user;
        private @Nullable String session;
        private final Map<String, String> tags = new LinkedHashMap<>();
        private String prompts = "";

        private Builder(String id) {
            this.id = Rules.hexId("trace id", id);
        }

        /** Adds a span; its parent may be added later. */
        public Builder span(Span span) {
            spans.add(requireNonNull(span, "span"));
            return this;
        }

        /** Whose call it was, 1 to 250 characters; better a keyed hash than a name. */
        public Builder user(String id) {
            user = Rules.name("user", id);
            return this;
        }

        /** The conversation it is part of, 1 to 250 characters. */
        public Builder session(String id) {
            session = Rules.name("session", id);
            return this;
        }

        /**
         * A tag people can search for.
         *
         * @param key 1 to 250 letters, digits and {@code _ - . : /} and space
         * @param value cut to 8000 characters by the server
         */
        public Builder tag(String key, String value) {
            tags.put(Rules.tag(key), requireNonNull(value, "value"));
            if (tags.size() > MAX_TAGS) {
                throw new IllegalArgumentException("a trace must have at most " + MAX_TAGS + " tags; leave some out");
            }
            return this;
        }

        /** A version of a prompt in MLflow's registry that took part; its page of the trace links to it. */
        public Builder prompt(String name, int version) {
            Rules.count("prompt version", version);
            prompts = LinkedPrompts.text(prompts, Rules.name("prompt", name), version);
            return this;
        }

        /**
         * The trace.
         *
         * @throws IllegalStateException when it has not exactly one root, a span is there twice, the parent of one is not there, or
         *     there are more than {@value Trace#MAX_SPANS}
         */
        public Trace build() {
            List<Span> roots =
                    spans.stream().filter(span -> span.parent == null).toList();
            if (roots.size() != 1 || spans.size() > MAX_SPANS) {
                throw new IllegalStateException("a trace must have exactly one span without a parent and at most "
                        + MAX_SPANS + " spans, had " + roots.size() + " and " + spans.size());
            }
            Trace trace = new Trace(this);
            Optional<Span> orphan = spans.stream()
                    .filter(span -> span.parent != null && !trace.ids.know(span.parent))
                    .findFirst();
            if (orphan.isPresent() || !trace.ids.areUnique()) {
                throw new IllegalStateException(
                        "every span of a trace must be added once, and its parent as well; wrong is "
                                + orphan.map(Span::name).orElse("one that was added twice"));
            }
            return trace;
        }
    }
}
