package dev.melancia.cost;

import dev.langchain4j.model.output.TokenUsage;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one call as the provider counted them; each count may be unknown. Cached input is part of the input, reasoning
 * part of the output. Immutable.
 *
 * @since 0.1.0
 */
public final class TokenCounts {

    static final int NOT_COUNTED = -1;
    private static final TokenCounts UNKNOWN = new TokenCounts(NOT_COUNTED, NOT_COUNTED, NOT_COUNTED, NOT_COUNTED);

    /** Package-private, as {@link #NOT_COUNTED} where unknown: a price reads them on every call. */
    final int input;

    final int output;
    final int cachedInput;
    final int reasoning;

    private TokenCounts(int input, int output, int cachedInput, int reasoning) {
        this.input = input;
        this.output = output;
        this.cachedInput = cachedInput;
        this.reasoning = reasoning;
    }

    /** Nothing was counted. */
    public static TokenCounts unknown() {
        return UNKNOWN;
    }

    /**
     * Input and output as langchain4j reports them; its usage and each of its counts may be null, and what is null or below
     * 0 has not been counted. Which part was cached or reasoning, only the provider's own reader knows.
     */
    public static TokenCounts reported(@Nullable TokenUsage usage) {
        return usage == null ? UNKNOWN : of(counted(usage.inputTokenCount()), counted(usage.outputTokenCount()));
    }

    private static int counted(@Nullable Integer tokens) {
        return tokens == null ? NOT_COUNTED : tokens;
    }

    /** Input and output, each at least 0; what is below has not been counted. */
    public static TokenCounts of(int input, int output) {
        return new TokenCounts(known(input), known(output), NOT_COUNTED, NOT_COUNTED);
    }

    /** These counts with the part of the input that the provider had cached. */
    public TokenCounts withCachedInput(int tokens) {
        return new TokenCounts(input, output, known(tokens), reasoning);
    }

    /** These counts with the part of the output that was reasoning. */
    public TokenCounts withReasoning(int tokens) {
        return new TokenCounts(input, output, cachedInput, known(tokens));
    }

    private static int known(int tokens) {
        return Math.max(NOT_COUNTED, tokens);
    }

    private static OptionalInt optional(int tokens) {
        return tokens == NOT_COUNTED ? OptionalInt.empty() : OptionalInt.of(tokens);
    }

    /** Tokens of the prompt, cached ones included. */
    public OptionalInt input() {
        return optional(input);
    }

    /** Tokens of the answer, reasoning included. */
    public OptionalInt output() {
        return optional(output);
    }

    /** Tokens of the prompt that the provider had cached. */
    public OptionalInt cachedInput() {
        return optional(cachedInput);
    }

    /** Tokens of the answer that were reasoning. */
    public OptionalInt reasoning() {
        return optional(reasoning);
    }

    /** Whether input and output are both known. */
    public boolean areComplete() {
        return input != NOT_COUNTED && output != NOT_COUNTED;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenCounts counts
                && input == counts.input
                && output == counts.output
                && cachedInput == counts.cachedInput
                && reasoning == counts.reasoning;
    }

    @Override
    public int hashCode() {
        return Objects.hash(input, output, cachedInput, reasoning);
    }

    @Override
    public String toString() {
        return "TokenCounts[input=" + input + ", output=" + output + ", cachedInput=" + cachedInput + ", reasoning="
                + reasoning + "] (-1: not counted)";
    }
}
