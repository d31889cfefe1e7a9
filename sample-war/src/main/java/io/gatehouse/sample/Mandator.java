package io.gatehouse.sample;

/** The organisation for which the user acts. Public for EL. */
public record Mandator(String organization, String organizationIdentifier) {}
