package dev.melancia.routing;

import dev.melancia.call.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * What stays on one arm of a split. A call that does not bring it is drawn anew, and the decision says so.
 *
 * @since 0.1.0
 */
public enum StickyOn {
    /** {@link CallContext#userId()}; so it is unless said otherwise. */
    USER("user", "no user id"),
    /** {@link CallContext#tenant()}: all users of a tenant are on one arm. */
    TENANT("tenant", "no tenant"),
    /** {@link CallContext#conversationId()}: a user may see several arms, a conversation sees one. */
    CONVERSATION("conversation", "no conversation id"),
    /** Nothing: every request is drawn. */
    REQUEST("request", "");

    /** As JSON and reasons name it. */
    final String word;

    /** What a reason says when a call does not bring it. */
    final String missing;

    StickyOn(String word, String missing) {
        this.word = word;
        this.missing = missing;
    }

    /** What is hashed; null when there is nothing to be sticky on. */
    @Nullable
    String keyOf(CallContext context) {
        return switch (this) {
            case USER -> context.userId().orElse(null);
            case TENANT -> context.tenant().orElse(null);
            case CONVERSATION -> context.conversationId().orElse(null);
            case REQUEST -> null;
        };
    }
}
