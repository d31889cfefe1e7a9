package io.gatehouse.internal.jose;

/**
 * How many times a test repeats what has to hold each time: a hundred thousand, or what the system
 * property {@code tests.many} says; a million by night.
 */
public final class Many {
  public static final int TIMES = Integer.getInteger("tests.many", 100_000);

  private Many() {}
}
