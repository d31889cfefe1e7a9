package io.gatehouse.it;

/** What stands before the page. */
enum Variant {
  BARE("nothing"),
  GATEHOUSE("Gatehouse"),
  PAC4J("pac4j"),
  SPRING("Spring Security");

  private final String label;

  Variant(String label) {
    this.label = label;
  }

  /** Its name in the documentation. */
  String label() {
    return label;
  }
}
