package dev.melancia.routing;

import dev.melancia.call.Urgency;
import dev.melancia.provider.ModelCapability;
import java.util.List;

/** One method for each kind of condition, so that a new kind does not compile until every reader of them knows it. */
interface ConditionVisitor<R> {

    R fewerWordsThan(int limit);

    R fewerCharactersThan(int limit);

    R containsAnyWord(List<String> words);

    R matches(String regex);

    R promptTokensAtLeast(int tokens);

    R urgency(Urgency urgency);

    R userTier(String tier);

    R tenant(String tenant);

    R tag(String name, String value);

    R promptVersion(String version);

    R needs(ModelCapability capability);

    R flagOn(String flag);

    /** At least two, combined from the left. */
    R all(List<Condition> conditions);

    /** At least two, combined from the left. */
    R any(List<Condition> conditions);

    R not(Condition condition);
}
