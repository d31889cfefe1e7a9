/**
 * Filters that each request passes before an endpoint answers: the reverse proxy, the counting and
 * the rate limit.
 */
@NullMarked
package io.gatehouse.standin.filter;

import org.jspecify.annotations.NullMarked;
