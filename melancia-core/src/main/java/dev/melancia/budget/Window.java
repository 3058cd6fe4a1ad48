package dev.melancia.budget;

/**
 * One hour or day that a budget is for.
 *
 * @param startMillis its first moment, in epoch milliseconds
 * @param endMillis the first moment after it, in epoch milliseconds
 */
record Window(long startMillis, long endMillis) {}
