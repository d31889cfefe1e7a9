package io.gatehouse.internal.observability;

/**
 * The identification of a session in the audit log.
 *
 * @param subject the subject of the session's user
 * @param name the name of the session, which reveals nothing about its tokens
 */
public record AuditedSession(String subject, String name) {}
