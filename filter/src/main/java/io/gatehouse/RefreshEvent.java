package io.gatehouse;

/**
 * The tokens of a session were renewed; a CDI event.
 *
 * @param user whose; with the claims and roles of now
 */
public record RefreshEvent(AuthenticatedUser user) {}
