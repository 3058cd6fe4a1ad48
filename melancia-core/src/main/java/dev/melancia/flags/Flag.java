package dev.melancia.flags;

import dev.melancia.flags.FlagEvaluation.Cause;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One flag as one source defines it. Immutable. */
final class Flag {

    private final String key;
    private final FlagType type;
    private final Object definition;
    private final Choice fixed;
    private final @Nullable Targeting targeting;
    private final @Nullable FlagEvaluation<?> always;

    private Flag(String key, FlagType type, Object definition, Choice fixed, @Nullable Targeting targeting) {
        this.key = key;
        this.type = type;
        this.definition = definition;
        this.fixed = fixed;
        this.targeting = targeting;
        FlagValue value = targeting == null ? fixed.value() : null;
        Object plain = value == null ? null : value.as(Object.class);
        this.always = plain == null ? null : FlagEvaluation.of(key, plain, fixed.cause());
    }

    /** A flag that has one value for everybody. */
    static Flag constant(String key, FlagValue value, FlagSource source) {
        FlagReason reason = source == FlagSource.BUILT_IN ? FlagReason.DEFAULT : FlagReason.STATIC;
        return new Flag(key, value.type(), value, new Choice(Cause.of(reason, source), value), null);
    }

    /** A flag whose value is the caller's default: switched off, or without a default variant. */
    static Flag callersDefault(String key, FlagType type, Object definition, FlagReason reason) {
        return new Flag(key, type, definition, new Choice(Cause.of(reason, FlagSource.FILE), null), null);
    }

    /** A flag of the file that always has the same variant. */
    static Flag variant(String key, Object definition, String variant, FlagValue value) {
        Cause cause = new Cause(FlagReason.STATIC, FlagSource.FILE, variant, null, null);
        return new Flag(key, value.type(), definition, new Choice(cause, value), null);
    }

    /** This flag with a rule before it; what it was is now the default. */
    Flag targeted(Rule rule, Map<String, FlagValue> variants) {
        Choice otherwise = new Choice(fixed.cause().because(FlagReason.DEFAULT, null), fixed.value());
        return new Flag(key, type, definition, otherwise, new Targeting(rule, variants));
    }

    FlagType type() {
        return type;
    }

    /** What the source said, to tell whether it changed. */
    Object definition() {
        return definition;
    }

    @SuppressWarnings("unchecked") // an evaluation that is always the same, of a value of the class that is wanted
    <T> FlagEvaluation<T> evaluate(Class<T> wanted, T fallback, FlagContext context) {
        if (always != null && wanted.isInstance(always.value())) {
            return (FlagEvaluation<T>) always;
        }
        Choice choice = choose(context);
        if (choice.value() == null) {
            return FlagEvaluation.of(key, fallback, choice.cause());
        }
        T value = choice.value().as(wanted);
        return value == null
                ? mismatch(fallback, choice, wanted.getSimpleName())
                : FlagEvaluation.of(key, value, choice.cause());
    }

    /** Whether the context falls into the share that this flag is. */
    FlagEvaluation<Boolean> evaluateShare(boolean fallback, FlagContext context) {
        Choice choice = choose(context);
        if (choice.value() == null) {
            return FlagEvaluation.of(key, fallback, choice.cause());
        }
        Split split = choice.value().split();
        return split == null
                ? mismatch(fallback, choice, "share: its name does not end in " + FlagValue.SHARE_SUFFIX)
                : place(split, choice.cause(), fallback, context);
    }

    private FlagEvaluation<Boolean> place(Split split, Cause cause, boolean fallback, FlagContext context) {
        if (context.userId != null) {
            boolean inside = split.arm(context.userId) == 0;
            return FlagEvaluation.of(key, inside, cause.because(FlagReason.SPLIT, null));
        }
        if (split.armOfBucket(0) == split.armOfBucket(split.totalWeight() - 1)) {
            return FlagEvaluation.of(key, split.armOfBucket(0) == 0, cause);
        }
        if (!context.hasDraw) {
            Cause error = Cause.error(FlagErrorCode.TARGETING_KEY_MISSING, cause.source(), RuleScope.NO_KEY);
            return FlagEvaluation.of(key, fallback, error);
        }
        boolean inside = split.armOfDraw(context.draw) == 0;
        return FlagEvaluation.of(key, inside, cause.because(FlagReason.SPLIT, RuleScope.DRAWN));
    }

    private <T> FlagEvaluation<T> mismatch(T fallback, Choice choice, String wanted) {
        String detail = "flag \"" + key + "\" is a " + type.title() + " with the value " + choice.value()
                + ", which is no " + wanted;
        return FlagEvaluation.of(
                key,
                fallback,
                Cause.error(FlagErrorCode.TYPE_MISMATCH, choice.cause().source(), detail));
    }

    private Choice choose(FlagContext context) {
        if (targeting == null) {
            return fixed;
        }
        RuleScope scope = new RuleScope(key, context);
        String variant = targeting.rule().variant(scope);
        if (variant == null) {
            return new Choice(fixed.cause().because(FlagReason.DEFAULT, scope.detail()), fixed.value());
        }
        Cause cause = new Cause(scope.reason(), FlagSource.FILE, variant, null, scope.detail());
        return new Choice(cause, targeting.variants().get(variant));
    }

    /** A value, null for the caller's default, and why. */
    private record Choice(Cause cause, @Nullable FlagValue value) {}

    private record Targeting(Rule rule, Map<String, FlagValue> variants) {}
}
