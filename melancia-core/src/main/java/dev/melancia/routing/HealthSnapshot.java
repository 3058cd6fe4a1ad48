package dev.melancia.routing;

import dev.melancia.provider.ModelId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which candidates cannot take a call right now, and why, at one moment. Immutable.
 *
 * @since 0.1.0
 */
public final class HealthSnapshot {

    private static final HealthSnapshot ALL_AVAILABLE = new HealthSnapshot(Map.of(), Map.of());

    private final Map<ModelId, String> unavailable;
    private final Map<ModelId, String> avoided;

    private HealthSnapshot(Map<ModelId, String> unavailable, Map<ModelId, String> avoided) {
        this.unavailable = unavailable;
        this.avoided = avoided;
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
        return new HealthSnapshot(both(unavailable, moreUnavailable), both(avoided, moreAvoided));
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

    boolean isAllAvailable() {
        return unavailable.isEmpty() && avoided.isEmpty();
    }

    @Override
    public String toString() {
        return "HealthSnapshot[unavailable=" + unavailable + ", avoided=" + avoided + "]";
    }
}
