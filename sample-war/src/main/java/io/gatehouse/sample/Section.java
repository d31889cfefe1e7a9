package io.gatehouse.sample;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The sections of the account page, chosen by {@code ?tab=}. Public for EL. */
public enum Section {
  PROFILE("Profile"),
  POWERS("Powers"),
  TOKENS("Tokens"),
  API("API call");

  private final String label;

  Section(String label) {
    this.label = label;
  }

  static Optional<Section> named(String tab) {
    return Stream.of(values()).filter(it -> it.tab().equals(tab)).findFirst();
  }

  /** Returns the value of {@code tab}, which is also the name of the page. */
  public String tab() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the text of the link to this section. */
  public String label() {
    return label;
  }
}
