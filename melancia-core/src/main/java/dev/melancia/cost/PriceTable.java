package dev.melancia.cost;

import static java.util.Objects.requireNonNull;

import dev.melancia.provider.ModelId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What models cost, and when: prices have a first day and may have a last, so that a call is charged what was in force when
 * it was made, and a price list of next month can be loaded today. A model, or a time, that no price covers has none: its
 * cost is unknown, never zero. Immutable.
 *
 * @since 0.1.0
 */
public final class PriceTable {

    private static final Comparator<DatedPrice> BY_BEGINNING = Comparator.comparing(DatedPrice::validFrom);
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000;

    private final List<DatedPrice> entries;
    private final Map<ModelId, List<DatedPrice>> byModel;
    private final Map<ModelId, PriceSchedule> schedules;

    private PriceTable(List<DatedPrice> entries) {
        this.entries = List.copyOf(entries);
        this.byModel = Collections.unmodifiableMap(byModel(this.entries));
        this.schedules = new LinkedHashMap<>();
        byModel.forEach((model, prices) -> schedules.put(model, PriceSchedule.of(prices)));
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * The prices that come with this version of the library, each with its source and date. They go out of date: state
     * your own, {@code PriceTable.shipped().mergedWith(own)}.
     */
    public static PriceTable shipped() {
        return ShippedPrices.TABLE;
    }

    /** This table with another's prices: of a model that the other has, all prices are the other's. */
    public PriceTable mergedWith(PriceTable own) {
        List<DatedPrice> merged = new ArrayList<>();
        entries.forEach(entry -> entry.without(own.models()).ifPresent(merged::add));
        merged.addAll(own.entries);
        return new PriceTable(merged);
    }

    /** What tokens of a model cost at a moment; empty when no price is known for it. */
    public Optional<TokenPrice> price(ModelId model, Instant when) {
        return schedule(model).at(epochMillis(when));
    }

    /** All prices of a model, the earliest first; empty when there is none. */
    public List<DatedPrice> prices(ModelId model) {
        return byModel.getOrDefault(requireNonNull(model, "model"), List.of());
    }

    /** Prices of a model to be kept and asked on every call; {@link PriceSchedule#none()} when there is none. */
    public PriceSchedule schedule(ModelId model) {
        return schedules.getOrDefault(requireNonNull(model, "model"), PriceSchedule.none());
    }

    /** Models that have a price at some time, in the order they were given. */
    public Set<ModelId> models() {
        return byModel.keySet();
    }

    /** All prices, in the order they were given. */
    public List<DatedPrice> entries() {
        return entries;
    }

    /**
     * The first moment after {@code after} at which a price of one of these models begins or ends; empty when nothing
     * changes any more.
     */
    public Optional<Instant> nextChange(Collection<ModelId> models, Instant after) {
        long millis = epochMillis(after);
        return models.stream()
                .map(model -> schedule(model).nextChange(millis))
                .flatMapToLong(OptionalLong::stream)
                .boxed()
                .min(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli);
    }

    /** To the second before, which is enough: prices change at midnight. Moments no {@code long} can hold are held back. */
    private static long epochMillis(Instant instant) {
        return Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, instant.getEpochSecond())) * 1_000;
    }

    private static Map<ModelId, List<DatedPrice>> byModel(List<DatedPrice> entries) {
        Map<ModelId, List<DatedPrice>> byModel = new LinkedHashMap<>();
        for (DatedPrice entry : entries) {
            for (ModelId model : entry.models()) {
                byModel.computeIfAbsent(model, any -> new ArrayList<>()).add(entry);
            }
        }
        byModel.replaceAll(
                (model, prices) -> prices.stream().sorted(BY_BEGINNING).toList());
        byModel.forEach(PriceTable::requireApart);
        return byModel;
    }

    private static void requireApart(ModelId model, List<DatedPrice> prices) {
        for (int i = 1; i < prices.size(); i++) {
            DatedPrice earlier = prices.get(i - 1);
            DatedPrice later = prices.get(i);
            if (earlier.untilEpochMillis() > later.fromEpochMillis()) {
                throw new IllegalArgumentException(model + ": the price from " + earlier.validFrom()
                        + earlier.validUntil().map(until -> " until " + until).orElse("")
                        + " overlaps the one from " + later.validFrom()
                        + (earlier.validFrom().equals(later.validFrom())
                                ? "; remove one of them"
                                : "; end the first with a validUntil of " + later.validFrom() + " at the latest"));
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PriceTable table && entries.equals(table.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return "PriceTable[" + entries.size() + " prices of " + byModel.size() + " models]";
    }

    /** Collects prices; confined to one thread. */
    public static final class Builder {

        private final List<DatedPrice> entries = new ArrayList<>();

        private Builder() {}

        public Builder add(DatedPrice price) {
            entries.add(requireNonNull(price, "price"));
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalArgumentException when two prices of one model overlap in time; the message names it
         */
        public PriceTable build() {
            return new PriceTable(entries);
        }
    }
}
