/**
 * What every module shares: the root of MelancIA's own exceptions.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia;

import org.jspecify.annotations.NullMarked;
