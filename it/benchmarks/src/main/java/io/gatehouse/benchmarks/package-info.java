/**
 * Benchmarks of the cost of Gatehouse inside a JVM, beside the cryptography that it necessarily
 * uses.
 */
@NullMarked
package io.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;
