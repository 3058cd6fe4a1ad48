package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

/**
 * One line of a policy: when the condition holds, the target answers. Immutable.
 *
 * @param name what people call it, not blank
 * @param condition when it applies
 * @param target where the call goes
 * @since 0.1.0
 */
public record Rule(String name, Condition condition, Target target) {

    public Rule {
        if (requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("rule name must not be blank");
        }
        requireNonNull(condition, "condition");
        requireNonNull(target, "target");
    }

    /** Such as {@code "premium": user tier is premium -> paid}. */
    @Override
    public String toString() {
        return "\"" + name + "\": " + condition + " -> " + target;
    }
}
