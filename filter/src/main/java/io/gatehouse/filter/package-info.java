/**
 * The entry point: the filter and the initializer, the start, the judgement of requests, and the
 * assembly of all parts.
 */
@NullMarked
package io.gatehouse.filter;

import org.jspecify.annotations.NullMarked;
