package dev.melancia.routing;

import dev.melancia.flags.Bucketing;
import dev.melancia.flags.FeatureFlags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule's target, resolved: one plan, or one for each arm of a split. */
final class Route {

    final @Nullable SplitTarget fork;
    private final List<Plan> arms;

    private Route(@Nullable SplitTarget fork, List<Plan> arms) {
        this.fork = fork;
        this.arms = arms;
    }

    static Route of(Target target, List<Candidate> all, boolean fallback) {
        if (target instanceof SplitTarget fork) {
            List<Plan> arms = fork.arms.stream()
                    .map(arm -> Plan.of((ListedTarget) arm, all, fallback))
                    .toList();
            return new Route(fork, arms);
        }
        return to(Plan.of((ListedTarget) target, all, fallback));
    }

    static Route to(Plan plan) {
        return new Route(null, List.of(plan));
    }

    /** Whether the load of models decides, on one arm at least. */
    boolean readsLoad() {
        return arms.stream().anyMatch(arm -> arm.strategy.readsLoad());
    }

    /** Chooses an arm: by what the split is sticky on where the call brings it, else by the draw. */
    Choice choose(int rule, RoutingScope scope, FeatureFlags flags) {
        if (fork == null) {
            return new Choice(rule, this, arms.get(0), Choice.NO_BUCKET, false);
        }
        String key = fork.stickyOn.keyOf(scope.context);
        int bucket = key == null ? fork.split.bucketOfDraw(scope.draw) : fork.split.bucket(key);
        int arm = fork.flag == null ? fork.split.armOfBucket(bucket) : armByFlag(bucket, scope, flags, fork.flag);
        return new Choice(rule, this, arms.get(arm), bucket, key == null);
    }

    private static int armByFlag(int bucket, RoutingScope scope, FeatureFlags flags, String flag) {
        return bucket < Math.round(Bucketing.PERCENTAGE_SCALE * scope.share(flags, flag)) ? 0 : 1;
    }

    /** What was chosen: which rule, which plan, and by which bucket, of a key or drawn. */
    record Choice(int rule, Route route, Plan plan, int bucket, boolean drawn) {
        static final int NO_BUCKET = -1;
        static final int CONTINUED = -3;
        static final int FORCED = -2;
        static final int OTHERWISE = -1;
    }
}
