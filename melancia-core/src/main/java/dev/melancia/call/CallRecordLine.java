package dev.melancia.call;

import static java.util.Objects.requireNonNull;

import dev.melancia.cost.Cost;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.FlagSeen;
import dev.melancia.routing.Rejection;
import dev.melancia.routing.StickyOn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call record read back from its line of JSON, for analysis: what {@link CallRecordJson} of this version or a later one
 * wrote. It forgives: fields that are unknown, or not what they should be, are as if absent, and an outcome that is unknown
 * reads as {@code other}. Absent is empty, never 0. For a listener in the same process {@link CallRecord} says more.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class CallRecordLine {

    private final LineNode line;
    private final CallId id;

    private CallRecordLine(LineNode line, CallId id) {
        this.line = line;
        this.id = id;
    }

    /**
     * Reads a line. Never throws for what a line holds.
     *
     * @return empty when it is no call record of version 1: a torn line, one of feedback, or of a later version
     */
    public static Optional<CallRecordLine> parse(String line) {
        Optional<LineNode> read = LineNode.parse(requireNonNull(line, "line"));
        if (read.isEmpty() || read.get().number("v").orElse(0) != CallRecordJson.VERSION) {
            return Optional.empty();
        }
        LineNode node = read.get();
        Optional<CallId> id = node.callId("id");
        boolean timed = node.number("start_us").isPresent()
                && node.number("duration_ns").isPresent();
        return timed && node.text("outcome").isPresent()
                ? id.map(call -> new CallRecordLine(node, call))
                : Optional.empty();
    }

    public CallId id() {
        return id;
    }

    /** When the call began, in microseconds since 1970. */
    public long startEpochMicros() {
        return line.number("start_us").orElse(0);
    }

    /** From the call to its answer or error, in nanoseconds. */
    public long durationNanos() {
        return line.number("duration_ns").orElse(0);
    }

    /** From the start of the call to the first piece that reached the host, in nanoseconds. */
    public OptionalLong timeToFirstTokenNanos() {
        return line.count("first_token_ns");
    }

    /** How the call ended: a constant of {@link Outcome} in lower case, or {@code other}. */
    public String outcome() {
        return line.outcome();
    }

    /** Whether the host got its answer, as {@link Outcome#isAnswer()} has it: to a prompt that was cut, too. */
    public boolean isAnswer() {
        return line.isAnswer();
    }

    /** Whether the host asked for a stream. */
    public boolean isStreaming() {
        return line.truth("streaming").orElse(false);
    }

    /** Whether the answer was one given before. */
    public boolean isCacheHit() {
        return line.truth("cache_hit").orElse(false);
    }

    /** The model that the policy meant. */
    public Optional<ModelId> assigned() {
        return line.model("assigned");
    }

    /** The model whose answer the host got. */
    public Optional<ModelId> answeredBy() {
        return line.model("answered_by");
    }

    /** What all attempts cost together. */
    public Cost cost() {
        return line.cost();
    }

    /** What is certain of a cost that is not known as a whole; empty when that is, or nothing is certain. */
    public Optional<Cost> knownCost() {
        return line.amount("known_cost", Cost.Kind.KNOWN);
    }

    /** What is estimated of a cost that is not known as a whole; empty when nothing is. */
    public Optional<Cost> estimatedCost() {
        return line.amount("estimated_cost", Cost.Kind.ESTIMATED);
    }

    /** On a cache hit, what the answer had cost when it was given first; unknown otherwise. */
    public Cost savedCost() {
        return line.savedCost();
    }

    /** Keyed hash of the user id. */
    public Optional<String> userKey() {
        return line.text("user_key");
    }

    public Optional<String> tenant() {
        return line.text("tenant");
    }

    public Optional<String> userTier() {
        return line.text("user_tier");
    }

    public Optional<String> conversationId() {
        return line.text("conversation_id");
    }

    public Optional<String> promptVersion() {
        return line.text("prompt_version");
    }

    /** How soon somebody waited: {@code low}, {@code normal} (also when nothing is said), {@code high}, or {@code other}. */
    public String urgency() {
        return line.text("urgency").isEmpty() ? "normal" : line.constant("urgency", Urgency.values());
    }

    /** Labels by name. */
    public Map<String, String> tags() {
        return line.texts("tags");
    }

    /** Id of the policy that decided. */
    public Optional<String> policyId() {
        return line.text("policy");
    }

    public Optional<String> policyVersion() {
        return line.text("policy_version");
    }

    /** Name of the rule that decided. */
    public Optional<String> rule() {
        return line.text("rule");
    }

    /** Why, for people. */
    public Optional<String> reason() {
        return line.text("reason");
    }

    public Optional<String> splitId() {
        return line.text("split");
    }

    /** The arm that the split assigned: A/B analysis goes by this. */
    public Optional<String> arm() {
        return line.text("arm");
    }

    /** Whether the split was sticky on something, and not drawn for this request. */
    public Optional<Boolean> sticky() {
        return line.truth("sticky");
    }

    /** What a sticky split went by: {@code user}, {@code tenant}, {@code conversation} or {@code other}. */
    public Optional<String> stickyOn() {
        return line.text("sticky_on").map(word -> line.constant("sticky_on", StickyOn.values()));
    }

    /** The random bits of a split that was not sticky. */
    public OptionalLong draw() {
        return line.longText("draw");
    }

    /** The models that might answer, in the order they were to be tried. */
    public List<ModelId> candidates() {
        return line.models("candidates");
    }

    /** Candidates that were passed over, and why. */
    public List<Rejection> rejections() {
        return line.rejections();
    }

    /** Flags that took part; a value or reason that is absent is an empty text. */
    public List<FlagSeen> flags() {
        return line.flags();
    }

    /** The models tried, in order. */
    public List<AttemptLine> attempts() {
        return line.items("attempts").map(AttemptLine::new).toList();
    }

    @Override
    public String toString() {
        return "CallRecordLine[" + id + ", " + outcome() + "]";
    }

    /**
     * One attempt of a call, read back. Immutable.
     *
     * @since 0.1.0
     */
    public static final class AttemptLine {

        private final LineNode attempt;

        private AttemptLine(LineNode attempt) {
            this.attempt = attempt;
        }

        /** The model that was called; empty when the line does not say it as {@code provider/model}. */
        public Optional<ModelId> model() {
            return attempt.model("model");
        }

        /** How it ended: a constant of {@link Outcome} in lower case, or {@code other}. */
        public String outcome() {
            return attempt.outcome();
        }

        /** Whether it began while another attempt of the call was still under way. */
        public boolean isHedge() {
            return attempt.truth("hedge").orElse(false);
        }

        /** When it began, in nanoseconds from the start of the call. */
        public OptionalLong startOffsetNanos() {
            return attempt.count("start_offset_ns");
        }

        /** How long it took, in nanoseconds. */
        public OptionalLong durationNanos() {
            return attempt.count("duration_ns");
        }

        /** From its start to its first piece, in nanoseconds. */
        public OptionalLong timeToFirstTokenNanos() {
            return attempt.count("first_token_ns");
        }

        /** Tokens of the prompt, cached ones included. */
        public OptionalLong inputTokens() {
            return attempt.count("input_tokens");
        }

        /** Tokens of the prompt that the provider had cached. */
        public OptionalLong cachedInputTokens() {
            return attempt.count("cached_input_tokens");
        }

        /** Tokens of the answer, reasoning included. */
        public OptionalLong outputTokens() {
            return attempt.count("output_tokens");
        }

        /** Tokens of the answer that were reasoning. */
        public OptionalLong reasoningTokens() {
            return attempt.count("reasoning_tokens");
        }

        /** What it cost. */
        public Cost cost() {
            return attempt.cost();
        }

        /** Simple name of the error's class. */
        public Optional<String> errorType() {
            return attempt.text("error");
        }

        @Override
        public String toString() {
            return "AttemptLine[" + model().map(ModelId::toString).orElse("?") + ", " + outcome() + "]";
        }
    }
}
