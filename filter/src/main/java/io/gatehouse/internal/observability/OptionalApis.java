package io.gatehouse.internal.observability;

/** The APIs that a server may be without. */
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
