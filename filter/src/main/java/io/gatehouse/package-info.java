/**
 * What an application imports: its user and its tokens, and a client that sends them. With {@code
 * io.gatehouse.rest} for the Jakarta REST client and {@code io.gatehouse.health} for readiness;
 * everything else is internal.
 */
@NullMarked
package io.gatehouse;

import org.jspecify.annotations.NullMarked;
