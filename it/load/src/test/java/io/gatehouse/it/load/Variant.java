package io.gatehouse.it.load;

import java.util.List;

/** The filter before the page. */
enum Variant {
  BARE("nothing"),
  /** The minimum of every filter that keeps a user in the session. */
  SESSION("a read of the session"),
  GATEHOUSE("Gatehouse"),
  PAC4J("pac4j"),
  SPRING("Spring Security");

  private final String label;

  Variant(String label) {
    this.label = label;
  }

  /** Returns the variants that log users in, and the bare one. */
  static List<Variant> compared() {
    return List.of(BARE, GATEHOUSE, PAC4J, SPRING);
  }

  /** Returns the variant's name in the documentation. */
  String label() {
    return label;
  }
}
