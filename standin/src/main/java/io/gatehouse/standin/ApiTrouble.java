package io.gatehouse.standin;

/** What can go wrong with a call to the small protected API. */
enum ApiTrouble {
  NONE,
  UNAUTHORIZED;

  static ApiTrouble of(String kind) {
    return switch (kind) {
      case "none" -> NONE;
      case "unauthorized" -> UNAUTHORIZED;
      default -> throw new IllegalArgumentException("kind is none of API trouble");
    };
  }
}
