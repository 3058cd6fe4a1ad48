/**
 * Money: what a token costs, what a call cost, what a month would cost. Amounts are exact; unknown is never zero.
 *
 * <pre>{@code
 * TokenPrice mini = TokenPrice.usdPerMillionTokens("0.15", "0.60");
 * Cost cost = mini.costOf(900, 120);          // known, 0.000207 USD
 * Cost total = cost.plus(Cost.unknown());     // unknown: the sum of what is known is not the sum
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.cost;

import org.jspecify.annotations.NullMarked;
