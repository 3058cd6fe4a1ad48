package dev.melancia.routing;

import static java.util.Objects.requireNonNull;

import dev.melancia.flags.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target that is one of several, by a split. Made by {@link Target#split} and {@link Target#splitByFlag}. Immutable.
 *
 * @since 0.1.0
 */
public final class SplitTarget extends Target {

    final Split split;
    final @Nullable String flag;
    final StickyOn stickyOn;
    final List<Target> arms;

    SplitTarget(Split split, @Nullable String flag, StickyOn stickyOn, List<Target> arms) {
        if (split.arms() != arms.size()) {
            throw new IllegalArgumentException("split \"" + split.id() + "\" must have one target for each of its "
                    + split.arms() + " arms, had " + arms.size());
        }
        if (arms.stream().anyMatch(SplitTarget.class::isInstance)) {
            throw new IllegalArgumentException(
                    "split \"" + split.id() + "\" must not have a split as an arm;" + " use one split with more arms");
        }
        this.split = split;
        this.flag = flag;
        this.stickyOn = stickyOn;
        this.arms = List.copyOf(arms);
    }

    /** The same split, sticky on something else than the user. */
    public SplitTarget stickyOn(StickyOn key) {
        return new SplitTarget(split, flag, requireNonNull(key, "key"), arms);
    }

    @Override
    public String toString() {
        String share = flag == null ? split.toString() : split.id() + "[share = flag " + flag + "]";
        String by = stickyOn == StickyOn.USER ? "" : " by " + stickyOn.word;
        return "split " + share + by + " over " + arms;
    }
}
