package io.gatehouse.cli.doors;

/**
 * A request target that leaves the context by two dots, and comes back by as many characters as the
 * context path has.
 */
final class Detour {
  private final String context;
  private final Dots dots;

  /** The spellings of two dots between slashes. */
  enum Dots {
    PLAIN("/../"),
    ENCODED("/%2e%2e/"),
    PARAMETER("/..;/"),
    ENCODED_SLASH("/..%2f");

    private final String text;

    Dots(String text) {
      this.text = text;
    }
  }

  Detour(String context, Dots dots) {
    this.context = context;
    this.dots = dots;
  }

  /**
   * Returns the target of a path behind other characters: a path of another application, if parsed
   * correctly.
   */
  String astray(String path) {
    return context + dots.text + "x".repeat(context.length()) + path.substring(1);
  }

  /** Returns the target of a path behind the context path: the plain path, if parsed correctly. */
  String back(String path) {
    return context
        + dots.text
        + context.substring(Math.min(1, context.length()))
        + (context.isEmpty() ? path.substring(1) : path);
  }
}
