package io.gatehouse.standin.trouble;

/** Faults of a call to the small protected API. */
public enum ApiTrouble {
  NONE,
  UNAUTHORIZED;

  public static ApiTrouble of(String kind) {
    return switch (kind) {
      case "none" -> NONE;
      case "unauthorized" -> UNAUTHORIZED;
      default -> throw new IllegalArgumentException("kind is none of API trouble");
    };
  }
}
