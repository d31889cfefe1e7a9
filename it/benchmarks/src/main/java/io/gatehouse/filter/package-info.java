/** Benchmarks, in the filter's package: what they measure is not public. */
@org.jspecify.annotations.NullMarked
package io.gatehouse.filter;
