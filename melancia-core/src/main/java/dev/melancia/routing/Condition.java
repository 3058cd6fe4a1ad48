package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.call.Urgency;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelCapability;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * When a rule applies. Built by the factories here, combined by {@link #and}, {@link #or} and {@link #not}; its
 * {@code toString()} is the sentence that decisions quote. Nothing about a call is looked up unless a condition asks, and
 * then once for all of them. Immutable.
 *
 * @since 0.1.0
 */
public abstract sealed class Condition permits CallerCondition, CombinedCondition, FlagCondition, QuestionCondition {

    Condition() {}

    /**
     * The user's question has fewer words than this; words are what white space separates.
     *
     * @throws IllegalArgumentException when {@code limit} is below 1
     */
    public static Condition fewerWordsThan(int limit) {
        return new QuestionCondition.FewerWords(atLeastOne(limit, "fewerWordsThan"));
    }

    /**
     * The user's question has fewer characters than this; a character is a code point, so an emoji outside the basic
     * plane counts once.
     *
     * @throws IllegalArgumentException when {@code limit} is below 1
     */
    public static Condition fewerCharactersThan(int limit) {
        return new QuestionCondition.FewerCharacters(atLeastOne(limit, "fewerCharactersThan"));
    }

    /**
     * The user's question has one of these words, whole; case and accents do not matter, so {@code cobranca} is found in
     * "Cobrança?". Whatever is neither letter nor digit separates words, a hyphen too. An entry of several words is found
     * when they follow one another.
     *
     * @throws IllegalArgumentException when there is no word, or one has neither letter nor digit
     */
    public static Condition containsAnyWord(String... words) {
        return containsAnyWord(List.of(words));
    }

    static Condition containsAnyWord(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("containsAnyWord must have at least one word, had none");
        }
        return new QuestionCondition.AnyWord(words);
    }

    /**
     * The regular expression is found somewhere in the user's question; {@code ^} and {@code $} tie it to the ends,
     * {@code (?iu)} in front ignores case.
     *
     * <p>The author of a policy is trusted: an expression that backtracks, such as {@code (a+)+b}, can hold the calling
     * thread for as long as a text of the user's choosing makes it. Possessive quantifiers ({@code a++}) do not.
     * One that runs out of stack on a long question, such as {@code (a|b)*}, does not match it.
     *
     * @param regex as {@link Pattern} reads it; compiled once, here
     * @throws IllegalArgumentException when it is malformed
     */
    public static Condition matches(String regex) {
        try {
            return new QuestionCondition.Matches(Pattern.compile(requireNonNull(regex, "regex")));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "matches must be a regular expression of java.util.regex, was \"" + regex + "\": "
                            + e.getDescription() + " near index " + e.getIndex(),
                    e);
        }
    }

    /**
     * The request takes at least as many tokens, as {@link TokenEstimate#promptTokens} guesses them.
     *
     * @throws IllegalArgumentException when {@code tokens} is below 1
     */
    public static Condition promptTokensAtLeast(int tokens) {
        return new QuestionCondition.PromptTokens(atLeastOne(tokens, "promptTokensAtLeast"));
    }

    /** The call is this urgent, neither more nor less; a call that says nothing is {@link Urgency#NORMAL}. */
    public static Condition urgency(Urgency urgency) {
        return new CallerCondition.Urgent(requireNonNull(urgency, "urgency"));
    }

    /** The user's tier is this one. */
    public static Condition userTier(String tier) {
        return new CallerCondition.UserTier(requireNonNull(tier, "tier"));
    }

    /** The call belongs to this tenant. */
    public static Condition tenant(String tenant) {
        return new CallerCondition.Tenant(requireNonNull(tenant, "tenant"));
    }

    /** The call has this tag with this value. */
    public static Condition tag(String name, String value) {
        return new CallerCondition.Tag(requireNonNull(name, "name"), requireNonNull(value, "value"));
    }

    /** The call was made with this version of a prompt. */
    public static Condition promptVersion(String version) {
        return new CallerCondition.PromptVersion(requireNonNull(version, "version"));
    }

    /**
     * The call can only be answered by a model with this capability: it brings tools, wants an answer to a JSON schema,
     * holds an image, or streams.
     */
    public static Condition needs(ModelCapability capability) {
        return new CallerCondition.Needs(requireNonNull(capability, "capability"));
    }

    /** This boolean flag is on for the user; a policy that names a flag nobody knows cannot be bound. */
    public static Condition flagOn(String flag) {
        return new FlagCondition(requireNonNull(flag, "flag"));
    }

    /** Both hold; the second is not looked at when the first does not. */
    public Condition and(Condition other) {
        return new CombinedCondition.Both(this, requireNonNull(other, "other"));
    }

    /** One of them holds, or both; the second is not looked at when the first does. */
    public Condition or(Condition other) {
        return new CombinedCondition.Either(this, requireNonNull(other, "other"));
    }

    /** The opposite of a condition. */
    public static Condition not(Condition condition) {
        return new CombinedCondition.Not(requireNonNull(condition, "condition"));
    }

    private static int atLeastOne(int limit, String name) {
        if (limit < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + limit);
        }
        return limit;
    }

    abstract boolean matches(RoutingScope scope, FeatureFlags flags);

    /** Tells a visitor which condition this is. */
    abstract <R> R accept(ConditionVisitor<R> visitor);

    /** The number of words that must be counted to know, 0 when words do not matter. */
    int wordLimit() {
        return 0;
    }

    /** Flags that are asked. */
    List<String> flags() {
        return List.of();
    }

    /** What a decision saw, as {@code " (was …)"}; empty where there is nothing to tell beyond the sentence. */
    String seen(RoutingDecision decision) {
        return "";
    }
}
