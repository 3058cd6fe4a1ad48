package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.provider.ModelId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decision knows of the world at one moment: which candidates cannot take a call and why, which should be left
 * alone, how loaded they are, and whether the money is spent. Immutable.
 *
 * @since 0.1.0
 */
public final class HealthSnapshot {

    private static final HealthSnapshot ALL_AVAILABLE = new HealthSnapshot(Map.of(), Map.of(), null, null);

    private final Map<ModelId, String> unavailable;
    private final Map<ModelId, String> avoided;
    private final @Nullable Loads loads;
    private final @Nullable String budgetSpent;

    private HealthSnapshot(
            Map<ModelId, String> unavailable,
            Map<ModelId, String> avoided,
            @Nullable Loads loads,
            @Nullable String budgetSpent) {
        this.unavailable = unavailable;
        this.avoided = avoided;
        this.loads = loads;
        this.budgetSpent = budgetSpent;
    }

    /** Every candidate can take a call. */
    public static HealthSnapshot allAvailable() {
        return ALL_AVAILABLE;
    }

    /**
     * Every candidate can take a call but these.
     *
     * @param unavailable why each of them cannot, in words
     */
    public static HealthSnapshot unavailable(Map<ModelId, String> unavailable) {
        return ALL_AVAILABLE.and(unavailable, Map.of());
    }

    /**
     * Every candidate should take a call but these, which fail lately. When no other can, they are tried all the same.
     *
     * @param avoided why each of them should not, in words
     */
    public static HealthSnapshot avoiding(Map<ModelId, String> avoided) {
        return ALL_AVAILABLE.and(Map.of(), avoided);
    }

    /** This snapshot with more candidates that cannot, or should not, take a call. */
    public HealthSnapshot and(Map<ModelId, String> moreUnavailable, Map<ModelId, String> moreAvoided) {
        if (moreUnavailable.isEmpty() && moreAvoided.isEmpty()) {
            return this;
        }
        return new HealthSnapshot(both(unavailable, moreUnavailable), both(avoided, moreAvoided), loads, budgetSpent);
    }

    /** This snapshot with the load of one model, in place of an earlier one; read only by tables that say so. */
    public HealthSnapshot withLoad(ModelId model, ModelLoad load) {
        Loads more = new Loads(requireNonNull(model, "model"), requireNonNull(load, "load"), loads);
        return new HealthSnapshot(unavailable, avoided, more, budgetSpent);
    }

    /**
     * This snapshot when the budget of the call is spent: models that are not free are refused.
     *
     * @param reason in words, such as {@code budget of tenant acme: 5.01 of 5 USD spent today}
     */
    public HealthSnapshot withBudgetSpent(String reason) {
        return new HealthSnapshot(unavailable, avoided, loads, requireNonNull(reason, "reason"));
    }

    private static Map<ModelId, String> both(Map<ModelId, String> some, Map<ModelId, String> others) {
        Map<ModelId, String> all = new HashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }

    /** Why this model cannot take a call; empty when it can. */
    public Optional<String> reason(ModelId model) {
        return Optional.ofNullable(unavailable.get(model));
    }

    /** Why this model should be left alone if another can take the call; empty when it need not. */
    public Optional<String> avoidance(ModelId model) {
        return Optional.ofNullable(avoided.get(model));
    }

    /** How loaded this model is; empty when nobody said. */
    public Optional<ModelLoad> load(ModelId model) {
        return Optional.ofNullable(loadOrNull(model));
    }

    /** Why only free models may answer; empty while there is money. */
    public Optional<String> budgetSpent() {
        return Optional.ofNullable(budgetSpent);
    }

    @Nullable
    ModelLoad loadOrNull(ModelId model) {
        for (Loads known = loads; known != null; known = known.earlier) {
            if (known.model.equals(model)) {
                return known.load;
            }
        }
        return null;
    }

    /** Whether nothing here keeps a call from a model. */
    boolean allowsAll() {
        return unavailable.isEmpty() && avoided.isEmpty() && budgetSpent == null;
    }

    @Override
    public String toString() {
        return "HealthSnapshot[unavailable=" + unavailable + ", avoided=" + avoided
                + (loads == null ? "" : ", loads=" + loads.asMap())
                + (budgetSpent == null ? "" : ", budgetSpent=" + budgetSpent) + "]";
    }

    /** Loads as a chain, the newest first: a snapshot is made for each call, and models are few. */
    private record Loads(
            ModelId model, ModelLoad load, @Nullable Loads earlier) {

        Map<ModelId, ModelLoad> asMap() {
            Map<ModelId, ModelLoad> map = new HashMap<>();
            for (Loads known = this; known != null; known = known.earlier) {
                map.putIfAbsent(known.model, known.load);
            }
            return map;
        }
    }
}
