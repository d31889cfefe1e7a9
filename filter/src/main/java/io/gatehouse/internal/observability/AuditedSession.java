package io.gatehouse.internal.observability;

/**
 * A session, as the audit log names it.
 *
 * @param subject of its user
 * @param name of the session; tells nothing about its tokens
 */
public record AuditedSession(String subject, String name) {}
