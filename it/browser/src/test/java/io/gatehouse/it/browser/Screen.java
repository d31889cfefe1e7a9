package io.gatehouse.it.browser;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The size and language of a visitor's screen. */
enum Screen {
  DESKTOP(1000, 560, "en", ""),
  PHONE(390, 700, "en", "-phone"),
  DESKTOP_SPANISH(1000, 560, "es", "-es"),
  PHONE_SPANISH(390, 700, "es", "-phone-es");

  private final int width;
  private final int height;
  private final Locale language;
  private final String suffix;

  Screen(int width, int height, String language, String suffix) {
    this.width = width;
    this.height = height;
    this.language = Locale.forLanguageTag(language);
    this.suffix = suffix;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean isPhone() {
    return width < 500;
  }

  Locale language() {
    return language;
  }

  /** Returns the other size in the same language, followed by this one. */
  List<Screen> afterTheOther() {
    return Stream.of(values())
        .filter(it -> it.language.equals(language))
        .sorted(Comparator.comparing(it -> it == this))
        .toList();
  }

  /** Returns the suffix of a picture's name. */
  String suffix() {
    return suffix;
  }
}
