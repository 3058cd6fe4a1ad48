/**
 * Every model call becomes one {@link dev.melancia.call.CallRecord}, and everything that measures reads that record.
 *
 * <pre>{@code
 * CallContext context = CallContext.builder().userId("ana").tier("premium").build();
 * CallListener listener = record -> System.out.println(record.answeredBy() + " " + record.cost());
 * }</pre>
 *
 * <p>A record says what was decided, tried, answered, spent and how long it took. It holds no text of prompt or answer,
 * and shows the user only as a keyed hash.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.call;

import org.jspecify.annotations.NullMarked;
