package dev.melancia.routing;

import dev.melancia.call.Urgency;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.provider.ModelCapability;
import java.util.Locale;
import java.util.Optional;

/** Conditions on who calls and on what the request brings beside its text. Immutable. */
abstract sealed class CallerCondition extends Condition {

    abstract boolean matches(RoutingScope scope);

    @Override
    final boolean matches(RoutingScope scope, FeatureFlags flags) {
        return matches(scope);
    }

    static final class UserTier extends CallerCondition {
        private final String tier;

        UserTier(String tier) {
            this.tier = tier;
        }

        @Override
        boolean matches(RoutingScope scope) {
            return tier.equals(scope.tier);
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.userTier(tier);
        }

        @Override
        String seen(RoutingDecision decision) {
            return " (was " + Optional.ofNullable(decision.userTier()).orElse("not given") + ")";
        }

        @Override
        public String toString() {
            return "user tier is " + tier;
        }
    }

    static final class Tenant extends CallerCondition {
        private final String tenant;

        Tenant(String tenant) {
            this.tenant = tenant;
        }

        @Override
        boolean matches(RoutingScope scope) {
            return tenant.equals(scope.context.tenant().orElse(null));
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.tenant(tenant);
        }

        @Override
        public String toString() {
            return "tenant is " + tenant;
        }
    }

    static final class Tag extends CallerCondition {
        private final String name;
        private final String value;

        Tag(String name, String value) {
            this.name = name;
            this.value = value;
        }

        @Override
        boolean matches(RoutingScope scope) {
            return value.equals(scope.context.tags().get(name));
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.tag(name, value);
        }

        @Override
        public String toString() {
            return "tag " + name + " is " + value;
        }
    }

    static final class PromptVersion extends CallerCondition {
        private final String version;

        PromptVersion(String version) {
            this.version = version;
        }

        @Override
        boolean matches(RoutingScope scope) {
            return version.equals(scope.context.promptVersion().orElse(null));
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.promptVersion(version);
        }

        @Override
        public String toString() {
            return "prompt version is " + version;
        }
    }

    static final class Needs extends CallerCondition {
        private final ModelCapability capability;
        private final int mask;

        Needs(ModelCapability capability) {
            this.capability = capability;
            this.mask = Capabilities.bit(capability);
        }

        @Override
        boolean matches(RoutingScope scope) {
            return (scope.details().needed() & mask) != 0;
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.needs(capability);
        }

        @Override
        public String toString() {
            return "call needs " + capability.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static final class Urgent extends CallerCondition {
        private final Urgency urgency;

        Urgent(Urgency urgency) {
            this.urgency = urgency;
        }

        @Override
        boolean matches(RoutingScope scope) {
            return scope.context.urgency() == urgency;
        }

        @Override
        <R> R accept(ConditionVisitor<R> visitor) {
            return visitor.urgency(urgency);
        }

        @Override
        String seen(RoutingDecision decision) {
            return " (was " + word(decision.urgency()) + ")";
        }

        @Override
        public String toString() {
            return "urgency is " + word(urgency);
        }

        private static String word(Urgency urgency) {
            return urgency.name().toLowerCase(Locale.ROOT);
        }
    }
}
