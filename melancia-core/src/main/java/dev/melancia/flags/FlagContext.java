package dev.melancia.flags;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For whom a flag is evaluated: the user id that keeps shares sticky, attributes that targeting rules read, and a random
 * draw for requests that have no user. Immutable.
 *
 * @since 0.1.0
 */
public final class FlagContext {

    private static final FlagContext EMPTY = new FlagContext(null, Map::of, false, 0);

    final @Nullable String userId;
    private final Supplier<Map<String, String>> attributes;
    final boolean hasDraw;
    final long draw;

    private FlagContext(@Nullable String userId, Supplier<Map<String, String>> attributes, boolean hasDraw, long draw) {
        this.userId = userId;
        this.attributes = attributes;
        this.hasDraw = hasDraw;
        this.draw = draw;
    }

    /**
     * A caller whose attributes are put together only when a rule reads one, since most flags read none: the router makes one
     * for each call. Where attributes are there already, {@link #of} and {@link #with} are simpler.
     *
     * @param userId as {@link #of} has it; null when there is none
     * @param draw as {@link #withDraw} has it
     * @param attributes gives the same immutable map each time; asked at each reading, from any thread
     */
    public static FlagContext lazily(@Nullable String userId, long draw, Supplier<Map<String, String>> attributes) {
        boolean nobody = userId == null || userId.isBlank();
        return new FlagContext(nobody ? null : userId, requireNonNull(attributes, "attributes"), true, draw);
    }

    /** Nobody in particular. */
    public static FlagContext empty() {
        return EMPTY;
    }

    /**
     * One user.
     *
     * @param userId OpenFeature's targeting key; a blank one counts as none, so that anonymous users do not all share a side
     */
    public static FlagContext of(String userId) {
        requireNonNull(userId, "userId");
        return userId.isBlank() ? EMPTY : new FlagContext(userId, Map::of, false, 0);
    }

    /** This context with one more attribute, such as {@code tier=premium}; an attribute of that name is replaced. */
    public FlagContext with(String name, String value) {
        Map<String, String> more = new HashMap<>(attributes());
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        Map<String, String> all = Map.copyOf(more);
        return new FlagContext(userId, () -> all, hasDraw, draw);
    }

    /**
     * This context with a random number, used by shares only when there is no user id. The caller draws and records it, so
     * that a decision replays.
     */
    public FlagContext withDraw(long draw) {
        return new FlagContext(userId, attributes, true, draw);
    }

    public Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    public Map<String, String> attributes() {
        return attributes.get();
    }

    public OptionalLong draw() {
        return hasDraw ? OptionalLong.of(draw) : OptionalLong.empty();
    }

    /** Names of what is there, without the user id or any value. */
    @Override
    public String toString() {
        return "FlagContext[user=" + (userId == null ? "none" : "***") + ", attributes="
                + attributes().keySet() + "]";
    }
}
