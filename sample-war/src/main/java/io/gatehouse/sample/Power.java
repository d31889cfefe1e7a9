package io.gatehouse.sample;

/**
 * One power of a {@link Mandate}: its type, the domain that grants it, and the allowed action.
 * Public for EL.
 */
public record Power(String type, String domain, String function, String action) {}
