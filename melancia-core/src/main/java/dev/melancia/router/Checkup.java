package dev.melancia.router;

import dev.melancia.budget.Budgets;
import dev.melancia.call.CallContext;
import dev.melancia.provider.ModelId;
import dev.melancia.routing.HealthSnapshot;
import dev.melancia.routing.ModelLoad;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a decision must know of the models, and of the caller's budgets, at one moment. Thread-safe. */
final class Checkup {

    /** Why a model cannot be called under budgets. */
    static final String UNPRICED = "has no price now, so no budget can count its calls";

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final List<RoutedModel> models;
    private final @Nullable Budgets budgets;

    Checkup(List<RoutedModel> models, @Nullable Budgets budgets, long nowMillis) {
        this.models = models;
        this.budgets = budgets;
        for (RoutedModel model : models) {
            if (budgets != null && !model.isPriced(nowMillis)) {
                throw new IllegalArgumentException(model.id() + " " + UNPRICED + "; give its"
                        + " candidate a price (TokenPrice.free() if it costs nothing) or the router a PriceTable");
            }
        }
    }

    /** Allocates nothing when all is well. */
    HealthSnapshot now(CallContext context, long nowNanos, long nowMillis) {
        HealthSnapshot health = HealthSnapshot.allAvailable();
        for (int i = 0; i < models.size(); i++) {
            RoutedModel model = models.get(i);
            String unable = unable(model, nowNanos, nowMillis);
            String unwell = unwell(model, nowNanos);
            if (unable != null || unwell != null) {
                health = health.and(of(model, unable), of(model, unwell));
            }
        }
        Optional<String> spent = budgets == null ? Optional.empty() : budgets.spent(context, nowMillis);
        return spent.isPresent() ? health.withBudgetSpent(spent.get()) : health;
    }

    /** The snapshot, with how busy each model is, and how fast at what is asked for. */
    HealthSnapshot withLoads(HealthSnapshot health, boolean streaming, long nowNanos) {
        HealthSnapshot loaded = health;
        for (RoutedModel model : models) {
            ModelLoad load = new ModelLoad(
                    model.load.averageNanos(streaming, nowNanos),
                    model.bulkhead.taken(),
                    model.candidate.maxConcurrentCalls());
            loaded = loaded.withLoad(model.id(), load);
        }
        return loaded;
    }

    private static Map<ModelId, String> of(RoutedModel model, @Nullable String reason) {
        return reason == null ? Map.of() : Map.of(model.id(), reason);
    }

    private @Nullable String unable(RoutedModel model, long nowNanos, long nowMillis) {
        if (budgets != null && !model.isPriced(nowMillis)) {
            return UNPRICED;
        }
        if (model.bulkhead.isFull()) {
            return ModelBusyException.reason(model.candidate);
        }
        return model.rate != null && model.rate.waitNanos(nowNanos) > 0
                ? ModelBusyException.rateReason(model.candidate)
                : null;
    }

    private static @Nullable String unwell(RoutedModel model, long nowNanos) {
        if (!model.breaker.isClosed()) {
            String why = model.breaker.whyNot(nowNanos);
            if (why != null) {
                return why;
            }
        }
        long quiet = model.quiet.isAskedFor() ? model.quiet.leftNanos(nowNanos) : 0;
        return quiet == 0
                ? null
                : "asked to be left alone for another "
                        + Duration.ofSeconds((quiet + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
    }
}
