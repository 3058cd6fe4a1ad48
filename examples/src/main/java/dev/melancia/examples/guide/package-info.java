/**
 * The code that the documents show: what stands between {@code // region name} and {@code // endregion} is in a document
 * word for word, and a test compares the two. Edit it here, then in the document:
 *
 * <pre>{@code
 * mvn -B test -pl examples -am -Dtest=DocumentsTest -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * @since 0.1.0
 */
@NullMarked
package dev.melancia.examples.guide;

import org.jspecify.annotations.NullMarked;
