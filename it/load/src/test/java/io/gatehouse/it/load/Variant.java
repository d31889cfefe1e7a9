package io.gatehouse.it.load;

import java.util.List;

/** What stands before the page. */
enum Variant {
  BARE("nothing"),
  /** What nothing that keeps a user in the session can do without. */
  SESSION("a read of the session"),
  GATEHOUSE("Gatehouse"),
  PAC4J("pac4j"),
  SPRING("Spring Security");

  private final String label;

  Variant(String label) {
    this.label = label;
  }

  /** Those that log users in, and nothing at all. */
  static List<Variant> compared() {
    return List.of(BARE, GATEHOUSE, PAC4J, SPRING);
  }

  /** Its name in the documentation. */
  String label() {
    return label;
  }
}
