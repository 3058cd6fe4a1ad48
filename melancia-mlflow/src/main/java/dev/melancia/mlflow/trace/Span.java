package dev.melancia.mlflow.trace;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work that has ended, part of a {@link Trace}. What is not told is unknown, never zero. Immutable; its
 * {@code toString()} shows no content.
 *
 * <p>A span has at most {@value #MAX_ATTRIBUTES} attributes and events together. Texts are cut when the trace is written,
 * see {@link Trace#toOtlpJson()}.
 *
 * @since 0.1.0
 */
public final class Span {

    /** Most attributes and events of a span together. */
    public static final int MAX_ATTRIBUTES = 48;

    private static final long NOT_COUNTED = -1;

    final String name;
    final SpanType type;
    final @Nullable Span parent;
    final long startEpochNanos;
    final long endEpochNanos;
    final @Nullable String error;
    final @Nullable String inputs;
    final @Nullable String outputs;
    final @Nullable String provider;
    final @Nullable String model;
    final long inputTokens;
    final long outputTokens;
    final long cachedInputTokens;
    final @Nullable BigDecimal costUsd;
    final @Nullable BigDecimal inputCostUsd;
    final List<OtlpAttribute> attributes;
    final List<SpanEvent> events;

    private Span(Builder builder) {
        this.name = builder.name;
        this.type = builder.type;
        this.parent = builder.parent;
        this.startEpochNanos = builder.startEpochNanos;
        this.endEpochNanos = builder.endEpochNanos;
        this.error = builder.error;
        this.inputs = builder.inputs;
        this.outputs = builder.outputs;
        this.provider = builder.provider;
        this.model = builder.model;
        this.inputTokens = builder.inputTokens;
        this.outputTokens = builder.outputTokens;
        this.cachedInputTokens = builder.cachedInputTokens;
        this.costUsd = builder.costUsd;
        this.inputCostUsd = builder.inputCostUsd;
        this.attributes = List.copyOf(builder.attributes);
        this.events = List.copyOf(builder.events);
    }

    /**
     * Starts to describe a span.
     *
     * @param name what people see, 1 to 250 characters
     * @throws IllegalArgumentException when the name breaks that rule
     */
    public static Builder builder(String name, SpanType type) {
        return new Builder(name, type);
    }

    /** What people see. */
    public String name() {
        return name;
    }

    /** The kind of work. */
    public SpanType type() {
        return type;
    }

    /** The span it is part of; empty for the root of a trace. */
    public Optional<Span> parent() {
        return Optional.ofNullable(parent);
    }

    static boolean isCounted(long tokens) {
        return tokens != NOT_COUNTED;
    }

    @Override
    public String toString() {
        return "Span[" + name + ", " + type + (error == null ? "]" : ", failed]");
    }

    /**
     * Collects a span. Confined to one thread. Methods throw IllegalArgumentException for what breaks their rules.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final String name;
        private final SpanType type;
        private @Nullable Span parent;
        private long startEpochNanos = -1;
        private long endEpochNanos = -1;
        private @Nullable String error;
        private @Nullable String inputs;
        private @Nullable String outputs;
        private @Nullable String provider;
        private @Nullable String model;
        private long inputTokens = NOT_COUNTED;
        private long outputTokens = NOT_COUNTED;
        private long cachedInputTokens = NOT_COUNTED;
        private @Nullable BigDecimal costUsd;
        private @Nullable BigDecimal inputCostUsd;
        private final List<OtlpAttribute> attributes = new ArrayList<>();
        private final List<SpanEvent> events = new ArrayList<>();

        private Builder(String name, SpanType type) {
            this.name = Rules.name("span name", name);
            this.type = requireNonNull(type, "type");
        }

        /** The span it is part of, which must be in the same trace. */
        public Builder parent(Span span) {
            parent = requireNonNull(span, "span");
            return this;
        }

        /** When it began and ended, in this order. */
        public Builder time(Instant start, Instant end) {
            return timeNanos(Rules.epochNanos(start), Rules.epochNanos(end));
        }

        /**
         * When it began and ended, in nanoseconds since 1970.
         *
         * @param startEpochNanos at least 0
         * @param endEpochNanos at least the start
         */
        public Builder timeNanos(long startEpochNanos, long endEpochNanos) {
            if (startEpochNanos < 0 || endEpochNanos < startEpochNanos) {
                throw new IllegalArgumentException("a span must not begin before 1970 nor end before it begins, was "
                        + startEpochNanos + " to " + endEpochNanos);
            }
            this.startEpochNanos = startEpochNanos;
            this.endEpochNanos = endEpochNanos;
            return this;
        }

        /**
         * It failed; without this it succeeded.
         *
         * @param what such as the class of the error. Messages of errors may repeat prompts and keys
         */
        public Builder error(String what) {
            error = requireNonNull(what, "what");
            return this;
        }

        /** What went in: JSON text or plain text. */
        public Builder inputs(String content) {
            inputs = requireNonNull(content, "content");
            return this;
        }

        /** What came out: JSON text or plain text. */
        public Builder outputs(String content) {
            outputs = requireNonNull(content, "content");
            return this;
        }

        /** The model that worked: such as {@code openai} and {@code gpt-4o-mini}. */
        public Builder model(String provider, String model) {
            this.provider = Rules.name("provider", provider);
            this.model = Rules.name("model", model);
            return this;
        }

        /** Tokens of the prompt, those from a cache included, at least 0. */
        public Builder inputTokens(long count) {
            inputTokens = Rules.count("inputTokens", count);
            return this;
        }

        /** Tokens of the answer, at least 0. */
        public Builder outputTokens(long count) {
            outputTokens = Rules.count("outputTokens", count);
            return this;
        }

        /** Tokens of the prompt that the provider had cached, at least 0. */
        public Builder cachedInputTokens(long count) {
            cachedInputTokens = Rules.count("cachedInputTokens", count);
            return this;
        }

        /**
         * What prompt and answer cost, in US dollars, each at least 0. Their sum is kept exactly in the attribute
         * {@code melancia.cost_usd}; MLflow's own fields are doubles. Without a cost MLflow is told that it is unknown, and that of
         * the trace is unknown as well.
         */
        public Builder costUsd(BigDecimal input, BigDecimal output) {
            inputCostUsd = Rules.usd(input);
            costUsd = input.add(Rules.usd(output));
            return this;
        }

        /**
         * What it cost in all, where the parts are not known: MLflow's lists of traces show the sum, its page of a trace only a cost
         * with parts.
         */
        public Builder costUsd(BigDecimal total) {
            costUsd = Rules.usd(total);
            inputCostUsd = total.signum() == 0 ? total : null; // parts of nothing are nothing
            return this;
        }

        /** A free attribute; the key has 1 to 250 characters. */
        public Builder attribute(String key, String value) {
            return attribute(OtlpAttribute.text(Rules.name("attribute", key), requireNonNull(value, "value")));
        }

        /** A free attribute that is a whole number. */
        public Builder attribute(String key, long value) {
            return attribute(OtlpAttribute.whole(Rules.name("attribute", key), value));
        }

        /** A free attribute that is a finite number. */
        public Builder attribute(String key, double value) {
            return attribute(new OtlpAttribute(
                    Rules.name("attribute", key),
                    OtlpAttribute.Form.DECIMAL,
                    Double.toString(Rules.finite("attribute " + key, value))));
        }

        /** A free attribute that is true or false. */
        public Builder attribute(String key, boolean value) {
            return attribute(
                    new OtlpAttribute(Rules.name("attribute", key), OtlpAttribute.Form.TRUTH, Boolean.toString(value)));
        }

        private Builder attribute(OtlpAttribute attribute) {
            requireRoom();
            attributes.removeIf(known -> known.key().equals(attribute.key()));
            attributes.add(attribute);
            return this;
        }

        /**
         * A moment within the span.
         *
         * @param epochNanos in nanoseconds since 1970, at least 0
         */
        public Builder event(String name, long epochNanos) {
            requireRoom();
            events.add(new SpanEvent(Rules.name("event", name), Rules.count("epochNanos", epochNanos), List.of()));
            return this;
        }

        private void requireRoom() {
            if (attributes.size() + events.size() >= MAX_ATTRIBUTES) {
                throw new IllegalArgumentException("a span must have at most " + MAX_ATTRIBUTES
                        + " attributes and events; put several into one JSON text");
            }
        }

        /**
         * The span.
         *
         * @throws IllegalStateException when its time was not told
         */
        public Span build() {
            if (endEpochNanos < 0) {
                throw new IllegalStateException(
                        "span \"" + name + "\" must have a time; tell it with time(start, end)");
            }
            return new Span(this);
        }
    }
}
