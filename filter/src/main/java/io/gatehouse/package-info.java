/**
 * The API for applications: the logged-in user, the user's tokens, and an HTTP client that sends
 * them. {@code io.gatehouse.rest} adds the Jakarta REST client and {@code io.gatehouse.health} the
 * readiness check; all other packages are internal.
 */
@NullMarked
package io.gatehouse;

import org.jspecify.annotations.NullMarked;
