/**
 * Money: what a token costs, what a call cost, what a month would cost. Amounts are exact; unknown is never zero.
 *
 * <pre>{@code
 * TokenPrice mini = TokenPrice.usdPerMillionTokens("0.15", "0.60");
 * Cost cost = mini.costOf(900, 120);          // known, 0.000207 USD
 * Cost total = cost.plus(Cost.unknown());     // unknown: the sum of what is known is not the sum
 *
 * TokenPrice cached = mini.withCachedInput("0.075");
 * Cost bound = cached.costOf(TokenCounts.of(900, 120)); // estimated: nobody counted what was cached
 *
 * PriceTable prices = PriceTable.shipped().mergedWith(PriceTableJson.read(ownPrices));
 * Optional<TokenPrice> now = prices.price(ModelId.of("openai/gpt-4o-mini"), clock.instant());
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.cost;

import org.jspecify.annotations.NullMarked;
