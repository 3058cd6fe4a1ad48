package dev.melancia.routing;

import dev.melancia.cost.TokenPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** By what the models of a target are put in order: the smallest score first, those alike as they were. */
enum Strategy {
    /** As they stand. */
    PRIORITY("priority", "priority") {
        @Override
        long score(Candidate candidate, HealthSnapshot health, Tokens tokens) {
            return 0;
        }

        @Override
        String says(Candidate candidate, HealthSnapshot health, Tokens tokens) {
            return "";
        }
    },
    /** By the price of this request. */
    CHEAPEST("cheapest", "cheapest") {
        @Override
        long score(Candidate candidate, HealthSnapshot health, Tokens tokens) {
            TokenPrice price = candidate.price().orElse(null);
            return price == null ? Long.MAX_VALUE : tokens.cost(price).picoUsd();
        }

        @Override
        String says(Candidate candidate, HealthSnapshot health, Tokens tokens) {
            TokenPrice price = candidate.price().orElse(null);
            return price == null ? "no price is known" : tokens.priced(price);
        }
    },
    /** By peak EWMA latency times the calls that would run: what a call would wait were they served one by one. */
    FASTEST("fastest", "fastest") {
        @Override
        long score(Candidate candidate, HealthSnapshot health, Tokens tokens) {
            ModelLoad load = health.loadOrNull(candidate.id());
            if (load == null || !load.isMeasured()) {
                return ModelLoad.NOT_MEASURED;
            }
            long calls = load.running() + 1L;
            return load.latencyNanos() > Long.MAX_VALUE / calls ? Long.MAX_VALUE : load.latencyNanos() * calls;
        }

        @Override
        String says(Candidate candidate, HealthSnapshot health, Tokens tokens) {
            ModelLoad load = health.loadOrNull(candidate.id());
            return load == null || !load.isMeasured()
                    ? "not measured yet"
                    : millis(load.latencyNanos()) + " ms x " + load.running() + " running";
        }
    },
    /** By the part of the permits that is taken. */
    LEAST_BUSY("leastBusy", "least busy") {
        @Override
        long score(Candidate candidate, HealthSnapshot health, Tokens tokens) {
            ModelLoad load = health.loadOrNull(candidate.id());
            return load == null ? 0 : ((long) load.running() << RESOLUTION_BITS) / load.permits();
        }

        @Override
        String says(Candidate candidate, HealthSnapshot health, Tokens tokens) {
            ModelLoad load = health.loadOrNull(candidate.id());
            return load == null ? "load not known" : load.running() + " of " + load.permits() + " running";
        }
    };

    private static final int NANO_PER_MILLI_DIGITS = 6;

    /** Of a part of the permits: fractions of up to 30,000 permits differ by more. */
    private static final int RESOLUTION_BITS = 31;

    /** As JSON names it. */
    final String key;

    /** As reasons name it. */
    final String words;

    Strategy(String key, String words) {
        this.key = key;
        this.words = words;
    }

    /** The smaller, the earlier it is tried. */
    abstract long score(Candidate candidate, HealthSnapshot health, Tokens tokens);

    /** The figures behind the score, in words. */
    abstract String says(Candidate candidate, HealthSnapshot health, Tokens tokens);

    /** Whether loads decide, so that whoever asks must bring them. */
    boolean readsLoad() {
        return this == FASTEST || this == LEAST_BUSY;
    }

    /** Whether the length of the request decides. */
    boolean readsTokens() {
        return this == CHEAPEST;
    }

    private static String millis(long nanos) {
        BigDecimal millis = BigDecimal.valueOf(nanos, NANO_PER_MILLI_DIGITS);
        int digits = nanos < 10_000_000 ? 1 : 0;
        return millis.setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }
}
