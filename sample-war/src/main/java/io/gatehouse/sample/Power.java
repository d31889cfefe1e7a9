package io.gatehouse.sample;

/** One power of a {@link Mandate}: who it comes from, and what it allows. Public for EL. */
public record Power(String type, String domain, String function, String action) {}
