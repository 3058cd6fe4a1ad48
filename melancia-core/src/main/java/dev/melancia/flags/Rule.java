package dev.melancia.flags;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A targeting rule: chooses a variant by name, or null for the flag's default. Immutable. */
interface Rule {

    @Nullable
    String variant(RuleScope scope);

    /** Always the same variant; null leaves it to the default. */
    static Rule fixed(@Nullable String variant) {
        return scope -> variant;
    }

    /** The first branch whose condition holds, else the last rule. */
    record If(List<Expression> conditions, List<Rule> branches, Rule otherwise) implements Rule {
        @Override
        public @Nullable String variant(RuleScope scope) {
            for (int i = 0; i < conditions.size(); i++) {
                if (JsonLogic.truthy(conditions.get(i).value(scope))) {
                    return branches.get(i).variant(scope);
                }
            }
            return otherwise.variant(scope);
        }
    }

    /** Shares by flagd's arithmetic; a null key is what flagd hashes by default, flag key and user id. */
    record Fractional(@Nullable Expression key, List<String> variants, Split shares) implements Rule {
        @Override
        public @Nullable String variant(RuleScope scope) {
            int arm = key == null ? scope.armOfUser(shares) : scope.armOfKey(shares, JsonLogic.text(key.value(scope)));
            return arm < 0 ? null : variants.get(arm);
        }
    }
}
