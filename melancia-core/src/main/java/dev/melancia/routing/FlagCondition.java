package dev.melancia.routing;

import dev.melancia.flags.FeatureFlags;
import java.util.List;

/** A flag is on. Immutable. */
final class FlagCondition extends Condition {

    private final String flag;

    FlagCondition(String flag) {
        this.flag = flag;
    }

    @Override
    boolean matches(RoutingScope scope, FeatureFlags flags) {
        return scope.flag(flags, flag);
    }

    @Override
    <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.flagOn(flag);
    }

    @Override
    List<String> flags() {
        return List.of(flag);
    }

    @Override
    public String toString() {
        return "flag " + flag + " is on";
    }
}
