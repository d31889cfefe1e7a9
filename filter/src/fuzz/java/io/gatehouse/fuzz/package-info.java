/** Runs the fuzzer. */
@NullMarked
package io.gatehouse.fuzz;

import org.jspecify.annotations.NullMarked;
