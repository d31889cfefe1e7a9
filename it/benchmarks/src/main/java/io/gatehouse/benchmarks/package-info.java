/**
 * Benchmarks of what Gatehouse costs inside a JVM, beside the cryptography that it cannot do
 * without.
 */
@NullMarked
package io.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;
