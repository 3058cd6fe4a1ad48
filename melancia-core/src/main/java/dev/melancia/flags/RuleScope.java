package dev.melancia.flags;

import org.jspecify.annotations.Nullable;

/** What one evaluation of a targeting rule reads, and what it notes on the way; confined to one thread. */
final class RuleScope {

    static final String DRAWN = "drawn for this request alone: there is no user id to stay on a side";
    static final String NO_KEY = "the rule needs a user id or a draw, and there is neither";

    private final String flagKey;
    private final FlagContext context;
    private boolean split;
    private boolean drawn;
    private boolean keyMissing;

    RuleScope(String flagKey, FlagContext context) {
        this.flagKey = flagKey;
        this.context = context;
    }

    @Nullable
    Object variable(String name) {
        return switch (name) {
            case "$flagd.flagKey" -> flagKey;
            case "targetingKey" -> context.userId;
            default -> context.attributes().get(name);
        };
    }

    /** Arm by the user id with the split's id before it, else by the draw; -1 when there is neither. */
    int armOfUser(Split shares) {
        split = true;
        return context.userId == null ? armOfDraw(shares) : shares.arm(context.userId);
    }

    /** Arm by a key that the rule itself built, else by the draw; -1 when there is neither. */
    int armOfKey(Split shares, @Nullable String key) {
        split = true;
        return key == null
                ? armOfDraw(shares)
                : shares.armOfBucket(Bucketing.scale(Murmur3Prefix.EMPTY.hash(key), shares.totalWeight()));
    }

    private int armOfDraw(Split shares) {
        if (!context.hasDraw) {
            keyMissing = true;
            return -1;
        }
        drawn = true;
        return shares.armOfDraw(context.draw);
    }

    FlagReason reason() {
        return split ? FlagReason.SPLIT : FlagReason.TARGETING_MATCH;
    }

    @Nullable
    String detail() {
        if (drawn) {
            return DRAWN;
        }
        return keyMissing ? NO_KEY : null;
    }
}
