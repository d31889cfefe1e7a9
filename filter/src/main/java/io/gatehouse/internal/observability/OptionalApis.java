package io.gatehouse.internal.observability;

/** Detects the APIs that a container may lack. */
public final class OptionalApis {
  private OptionalApis() {}

  /** Returns whether CDI's API is on the class path. */
  public static boolean haveCdi() {
    try {
      Class.forName(
          "jakarta.enterprise.inject.spi.CDI", false, OptionalApis.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException withoutCdi) {
      return false;
    }
  }
}
