package io.gatehouse;

/**
 * A CDI event: the tokens of a session were renewed.
 *
 * @param user the user of the session, with the claims and roles after the renewal
 */
public record RefreshEvent(AuthenticatedUser user) {}
