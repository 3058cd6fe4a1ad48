package dev.melancia.routing;

import dev.melancia.provider.ModelId;
import java.util.Map;
import java.util.Optional;

/**
 * Which candidates cannot take a call right now, and why, at one moment. Immutable.
 *
 * @since 0.1.0
 */
public final class HealthSnapshot {

    private static final HealthSnapshot ALL_AVAILABLE = new HealthSnapshot(Map.of());

    private final Map<ModelId, String> unavailable;

    private HealthSnapshot(Map<ModelId, String> unavailable) {
        this.unavailable = unavailable;
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
        return unavailable.isEmpty() ? ALL_AVAILABLE : new HealthSnapshot(Map.copyOf(unavailable));
    }

    /** Why this model cannot take a call; empty when it can. */
    public Optional<String> reason(ModelId model) {
        return Optional.ofNullable(unavailable.get(model));
    }

    boolean isAllAvailable() {
        return unavailable.isEmpty();
    }

    @Override
    public String toString() {
        return "HealthSnapshot" + unavailable;
    }
}
