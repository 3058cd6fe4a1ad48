/**
 * Budgets: what all calls, a tenant or a user may spend in an hour or a day, such that calls under way at the same time
 * cannot overrun it.
 *
 * <pre>{@code
 * Budgets budgets = Budgets.builder()
 *     .zone(ZoneId.of("America/Sao_Paulo"))
 *     .all(BudgetPeriod.DAY, "50")
 *     .eachTenant(BudgetPeriod.DAY, "10")
 *     .tenant("acme", BudgetPeriod.DAY, "25")     // in place of the 10
 *     .eachUser(BudgetPeriod.HOUR, "0.20")
 *     .build();
 * Reservation reservation = budgets.tryReserve(context, mostItMayCostPicoUsd, clock.millis());
 * if (!reservation.isRefused()) {
 *     try {
 *         reservation.settle(costOf(model.chat(request)));
 *     } finally {
 *         reservation.release();                   // of a call that failed; does nothing once it is settled
 *     }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.budget;

import org.jspecify.annotations.NullMarked;
