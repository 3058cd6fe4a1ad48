package dev.melancia.routing;

import dev.melancia.flags.Bucketing;
import dev.melancia.flags.FeatureFlags;
import dev.melancia.flags.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule's target, resolved: one plan, or one for each arm of a split. */
final class Route {

    final @Nullable Split split;
    private final @Nullable String shareFlag;
    private final List<Plan> arms;

    private Route(@Nullable Split split, @Nullable String shareFlag, List<Plan> arms) {
        this.split = split;
        this.shareFlag = shareFlag;
        this.arms = arms;
    }

    static Route of(Target target, List<Candidate> all, boolean fallback) {
        if (target instanceof Target.Forked forked) {
            List<Plan> arms =
                    forked.arms.stream().map(arm -> Plan.of(arm, all, fallback)).toList();
            return new Route(forked.split, forked.flag, arms);
        }
        return to(Plan.of(target, all, fallback));
    }

    static Route to(Plan plan) {
        return new Route(null, null, List.of(plan));
    }

    /** Chooses an arm: by the user where there is one, else by the draw. */
    Choice choose(int rule, RoutingScope scope, FeatureFlags flags, long draw) {
        if (split == null) {
            return new Choice(rule, this, arms.get(0), Choice.NO_BUCKET);
        }
        int bucket = scope.userId == null ? split.bucketOfDraw(draw) : split.bucket(scope.userId);
        int arm = shareFlag == null ? split.armOfBucket(bucket) : armByFlag(bucket, scope, flags, shareFlag);
        return new Choice(rule, this, arms.get(arm), bucket);
    }

    private static int armByFlag(int bucket, RoutingScope scope, FeatureFlags flags, String flag) {
        return bucket < Math.round(Bucketing.PERCENTAGE_SCALE * scope.share(flags, flag)) ? 0 : 1;
    }

    /** What was chosen: which rule, which plan, and by which bucket. */
    record Choice(int rule, Route route, Plan plan, int bucket) {
        static final int NO_BUCKET = -1;
        static final int CONTINUED = -3;
        static final int FORCED = -2;
        static final int OTHERWISE = -1;
    }
}
