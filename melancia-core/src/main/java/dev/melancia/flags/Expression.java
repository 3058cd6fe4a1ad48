package dev.melancia.flags;

import org.jspecify.annotations.Nullable;

/** A value inside a targeting rule: null, a Boolean, a Double, a String or a List of them. Immutable. */
@FunctionalInterface
interface Expression {

    @Nullable
    Object value(RuleScope scope);
}
