package dev.melancia.cost;

import static java.util.Objects.requireNonNull;

import dev.melancia.provider.ModelId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A price of one model, or of several names of it, in a time, and where the price was found. Days are days in UTC, between
 * 1970-01-01 and 9999-12-31. Names are exact: a dated alias such as {@code openai/gpt-4o-mini-2024-07-18} is listed beside
 * {@code openai/gpt-4o-mini}. Immutable.
 *
 * @since 0.1.0
 */
public final class DatedPrice {

    private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final List<ModelId> models;
    private final TokenPrice price;
    private final LocalDate validFrom;
    private final @Nullable LocalDate validUntil;
    private final String source;
    private final LocalDate asOf;

    private DatedPrice(Builder builder) {
        this.models = builder.models;
        this.price = builder.price;
        this.validFrom = given(builder.validFrom, "validFrom", builder);
        this.validUntil = builder.validUntil;
        this.source = given(builder.source, "source", builder);
        this.asOf = given(builder.asOf, "asOf", builder);
        if (validUntil != null && !validUntil.isAfter(validFrom)) {
            throw new IllegalArgumentException(
                    "price of " + models + ": validUntil must be after validFrom " + validFrom + ", was " + validUntil);
        }
    }

    private DatedPrice(DatedPrice other, List<ModelId> models) {
        this.models = models;
        this.price = other.price;
        this.validFrom = other.validFrom;
        this.validUntil = other.validUntil;
        this.source = other.source;
        this.asOf = other.asOf;
    }

    /**
     * Starts to describe a price.
     *
     * @param models exact ids, at least one, none twice
     * @throws IllegalArgumentException when there is none, or one twice
     */
    public static Builder builder(TokenPrice price, ModelId... models) {
        return new Builder(requireNonNull(price, "price"), List.copyOf(Arrays.asList(models)));
    }

    /** The ids it is a price of, at least one, in the order given. */
    public List<ModelId> models() {
        return models;
    }

    public TokenPrice price() {
        return price;
    }

    /** The first day it holds, from its midnight in UTC. */
    public LocalDate validFrom() {
        return validFrom;
    }

    /** The first day it no longer holds; empty when no end is known. */
    public Optional<LocalDate> validUntil() {
        return Optional.ofNullable(validUntil);
    }

    /** Where it was found: an address, a contract. */
    public String source() {
        return source;
    }

    /** The day for which the source vouches: its own date, or the day it was read. */
    public LocalDate asOf() {
        return asOf;
    }

    /** This price for all its models but these; empty when none is left. */
    Optional<DatedPrice> without(Set<ModelId> others) {
        List<ModelId> left =
                models.stream().filter(model -> !others.contains(model)).toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(new DatedPrice(this, left));
    }

    long fromEpochMillis() {
        return epochMillis(validFrom);
    }

    /** {@link Long#MAX_VALUE} when no end is known. */
    long untilEpochMillis() {
        return validUntil == null ? Long.MAX_VALUE : epochMillis(validUntil);
    }

    private static long epochMillis(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static <T> T given(@Nullable T value, String name, Builder builder) {
        if (value == null) {
            throw new IllegalStateException("price of " + builder.models + ": " + name + " must be given");
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DatedPrice dated
                && models.equals(dated.models)
                && price.equals(dated.price)
                && validFrom.equals(dated.validFrom)
                && Objects.equals(validUntil, dated.validUntil)
                && source.equals(dated.source)
                && asOf.equals(dated.asOf);
    }

    @Override
    public int hashCode() {
        return Objects.hash(models, price, validFrom, validUntil, source, asOf);
    }

    @Override
    public String toString() {
        return models + ": " + price + " from " + validFrom + (validUntil == null ? "" : " until " + validUntil) + " ("
                + source + ", as of " + asOf + ")";
    }

    /** Collects a price; confined to one thread. */
    public static final class Builder {

        private final TokenPrice price;
        private final List<ModelId> models;
        private @Nullable LocalDate validFrom;
        private @Nullable LocalDate validUntil;
        private @Nullable String source;
        private @Nullable LocalDate asOf;

        private Builder(TokenPrice price, List<ModelId> models) {
            this.price = price;
            this.models = models;
            if (models.isEmpty() || new LinkedHashSet<>(models).size() != models.size()) {
                throw new IllegalArgumentException(
                        "a price must name at least one model, and none twice, was " + models);
            }
        }

        /** The first day it holds; required. */
        public Builder validFrom(LocalDate day) {
            this.validFrom = day(day, "validFrom");
            return this;
        }

        /** The first day it no longer holds, after {@code validFrom}; unless given, no end is known. */
        public Builder validUntil(LocalDate day) {
            this.validUntil = day(day, "validUntil");
            return this;
        }

        /** Where it was found, not blank; required. */
        public Builder source(String source) {
            if (requireNonNull(source, "source").isBlank()) {
                throw new IllegalArgumentException("price of " + models + ": source must not be blank");
            }
            this.source = source;
            return this;
        }

        /** The day for which the source vouches; required. */
        public Builder asOf(LocalDate day) {
            this.asOf = day(day, "asOf");
            return this;
        }

        /**
         * The price.
         *
         * @throws IllegalStateException when {@code validFrom}, {@code source} or {@code asOf} is missing
         * @throws IllegalArgumentException when it ends before it begins
         */
        public DatedPrice build() {
            return new DatedPrice(this);
        }

        private LocalDate day(LocalDate day, String name) {
            if (requireNonNull(day, name).isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
                throw new IllegalArgumentException("price of " + models + ": " + name + " must be between " + FIRST_DAY
                        + " and " + LAST_DAY + ", was " + day);
            }
            return day;
        }
    }
}
