package io.gatehouse.filter;

import java.security.SecureRandom;
import java.util.Random;

/** A random generator with the same numbers in every run. */
public final class FixedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random numbers = new Random(20260301L);

  @Override
  public void nextBytes(byte[] bytes) {
    numbers.nextBytes(bytes);
  }
}
