package dev.melancia.flags;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * For whom a flag is evaluated: the user id that keeps shares sticky, attributes that targeting rules read, and a random
 * draw for requests that have no user. Immutable.
 *
 * @since 0.1.0
 */
public final class FlagContext {

    private static final FlagContext EMPTY = new FlagContext(null, Map.of(), null);

    final @Nullable String userId;
    final Map<String, String> attributes;
    final @Nullable Long draw;

    private FlagContext(@Nullable String userId, Map<String, String> attributes, @Nullable Long draw) {
        this.userId = userId;
        this.attributes = attributes;
        this.draw = draw;
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
        return userId.isBlank() ? EMPTY : new FlagContext(userId, Map.of(), null);
    }

    /** This context with one more attribute, such as {@code tier=premium}; an attribute of that name is replaced. */
    public FlagContext with(String name, String value) {
        Map<String, String> more = new HashMap<>(attributes);
        more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
        return new FlagContext(userId, Map.copyOf(more), draw);
    }

    /**
     * This context with a random number, used by shares only when there is no user id. The caller draws and records it, so
     * that a decision replays.
     */
    public FlagContext withDraw(long draw) {
        return new FlagContext(userId, attributes, draw);
    }

    public Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    public Map<String, String> attributes() {
        return attributes;
    }

    public OptionalLong draw() {
        return draw == null ? OptionalLong.empty() : OptionalLong.of(draw);
    }

    /** Names of what is there, without the user id or any value. */
    @Override
    public String toString() {
        return "FlagContext[user=" + (userId == null ? "none" : "***") + ", attributes=" + attributes.keySet() + "]";
    }
}
