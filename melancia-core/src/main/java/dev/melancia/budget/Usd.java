package dev.melancia.budget;

import java.math.BigDecimal;

/** US dollars as people write them, and as whole pico-dollars. */
final class Usd {

    private static final int PICO_SCALE = 12;
    private static final BigDecimal MOST = BigDecimal.valueOf(9_000_000);

    private Usd() {}

    static long pico(String usd, String name) {
        BigDecimal amount;
        try {
            amount = new BigDecimal(usd);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a decimal number of US dollars, was " + usd, e);
        }
        if (amount.signum() < 0 || amount.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(name + " must be in [0, " + MOST + "] US dollars, was " + usd);
        }
        try {
            return amount.movePointRight(PICO_SCALE).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(name + " must have at most twelve decimals, was " + usd, e);
        }
    }

    static BigDecimal of(long pico) {
        return pico == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(pico, PICO_SCALE).stripTrailingZeros();
    }

    /** Such as {@code 0.02}. */
    static String text(long pico) {
        return of(pico).toPlainString();
    }
}
