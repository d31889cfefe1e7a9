package io.gatehouse;

/**
 * A user has logged in and has a session; a CDI event: {@code void greet(@Observes LoginEvent it)}.
 *
 * @param user who
 */
public record LoginEvent(AuthenticatedUser user) {}
