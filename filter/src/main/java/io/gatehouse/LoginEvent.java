package io.gatehouse;

/**
 * A CDI event: a user has logged in and has a session. Observe with {@code void greet(@Observes
 * LoginEvent it)}.
 *
 * @param user the user who logged in
 */
public record LoginEvent(AuthenticatedUser user) {}
