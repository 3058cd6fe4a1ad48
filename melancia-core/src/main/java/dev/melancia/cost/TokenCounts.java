package dev.melancia.cost;

import java.util.OptionalInt;

/**
 * Tokens of one call as the provider counted them; each count may be unknown. Cached input is part of the input, reasoning
 * part of the output. Immutable.
 *
 * @since 0.1.0
 */
public final class TokenCounts {

    private static final int NOT_COUNTED = -1;
    private static final TokenCounts UNKNOWN = new TokenCounts(NOT_COUNTED, NOT_COUNTED, NOT_COUNTED, NOT_COUNTED);

    private final int input;
    private final int output;
    private final int cachedInput;
    private final int reasoning;

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
    public String toString() {
        return "TokenCounts[input=" + input + ", output=" + output + ", cachedInput=" + cachedInput + ", reasoning="
                + reasoning + "] (-1: not counted)";
    }
}
