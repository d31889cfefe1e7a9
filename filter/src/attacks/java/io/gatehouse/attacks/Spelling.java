package io.gatehouse.attacks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Ways to write the same text: as it is, and percent-encoded once and twice. */
enum Spelling {
  RAW {
    @Override
    String of(String text) {
      return text;
    }
  },
  ENCODED {
    @Override
    String of(String text) {
      return encoded(text, Spelling::isLetterOrSlash);
    }
  },
  ENCODED_WITH_SLASHES {
    @Override
    String of(String text) {
      return encoded(text, Spelling::isLetter);
    }
  },
  ENCODED_TWICE {
    @Override
    String of(String text) {
      return encoded(encoded(text, Spelling::isLetterOrSlash), Spelling::isLetterOrSlash);
    }
  },
  ENCODED_TWICE_WITH_SLASHES {
    @Override
    String of(String text) {
      return encoded(encoded(text, Spelling::isLetter), Spelling::isLetter);
    }
  };

  abstract String of(String text);

  /** The same text in every way. */
  static Stream<String> all(String text) {
    return Stream.of(values()).map(it -> it.of(text));
  }

  private static boolean isLetter(int octet) {
    return octet < 0x80 && Character.isLetterOrDigit(octet);
  }

  private static boolean isLetterOrSlash(int octet) {
    return octet == '/' || isLetter(octet);
  }

  private static String encoded(String text, IntPredicate plain) {
    var result = new StringBuilder();
    for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (plain.test(octet & 0xFF)) {
        result.append((char) octet);
      } else {
        result.append(String.format(Locale.ROOT, "%%%02x", octet & 0xFF));
      }
    }
    return result.toString();
  }
}
