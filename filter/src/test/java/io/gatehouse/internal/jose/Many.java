package io.gatehouse.internal.jose;

/**
 * The number of repetitions of a test whose rule must hold each time: a hundred thousand, or the
 * value of the system property {@code tests.many}; a million in the nightly build.
 */
public final class Many {
  public static final int TIMES = Integer.getInteger("tests.many", 100_000);

  private Many() {}
}
