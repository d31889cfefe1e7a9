package io.gatehouse.internal.jose;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts that attackers derive from a valid text, and arbitrary texts: for property tests. */
public final class Mutations {
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          "\\",
          "\\u0000",
          "\\ud800",
          "null",
          "true",
          "-1",
          "1e999999999",
          "1e-999999999",
          "99999999999999999999",
          "0.5",
          "\"alg\"",
          "\"none\"",
          "\"ES256\"",
          "\"kid\"",
          "\"crit\"",
          "\"keys\"",
          "\"kty\"",
          "\"EC\"",
          "\"iss\"",
          "\"\"",
          "\"issuer\"",
          "\"access_token\"",
          "\"expires_in\"",
          "\"token_type\"",
          "\"Bearer\"",
          "\ufeff",
          "\u0000",
          "\ud83d",
          " ",
          "\t",
          "\r\n",
          ".",
          "..",
          "/",
          ";",
          "%",
          "%00",
          "&",
          "=",
          "state",
          "code",
          "error",
          "a",
          "A",
          "-",
          "_",
          "e30",
          "https://op.example",
          "//");

  private Mutations() {}

  /** Texts that differ from this one: one character other, cut, doubled, or two changed places. */
  public static Arbitrary<String> of(String valid) {
    var places = Arbitraries.integers().between(0, valid.length() - 1);
    var letters = Arbitraries.chars().with("AZaz09-_.=+/ \u0000\u00e9".toCharArray());
    return Arbitraries.oneOf(
            Combinators.combine(places, letters)
                .as((at, it) -> valid.substring(0, at) + it + valid.substring(at + 1)),
            places.map(at -> valid.substring(0, at)),
            places.map(valid::substring),
            places.map(at -> valid.substring(0, at) + valid.substring(at + 1)),
            places.map(at -> valid.substring(0, at) + valid.charAt(at) + valid.substring(at)),
            Combinators.combine(places, letters)
                .as((at, it) -> valid.substring(0, at) + it + valid.substring(at)),
            places.map(at -> valid.substring(at) + valid.substring(0, at)),
            // The last letter of base64 has bits that no reader uses.
            Arbitraries.chars()
                .range('A', 'z')
                .map(it -> valid.substring(0, valid.length() - 1) + it),
            Combinators.combine(places, places).as((one, other) -> exchanged(valid, one, other)))
        .filter(it -> !it.equals(valid));
  }

  private static String exchanged(String text, int one, int other) {
    var characters = text.toCharArray();
    characters[one] = text.charAt(other);
    characters[other] = text.charAt(one);
    return new String(characters);
  }

  /** Generates any text: of any characters, or of pieces that parsers know. */
  public static Arbitrary<String> anyText() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(80),
        Arbitraries.strings().ascii().ofMaxLength(80),
        Arbitraries.of(PIECES).list().ofMaxSize(30).map(it -> String.join("", it)));
  }

  /** Generates any bytes: those of texts, and others. */
  public static Arbitrary<byte[]> anyBytes() {
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(120),
        anyText().map(it -> it.getBytes(StandardCharsets.UTF_8)));
  }

  /** The bytes with one of them other, cut, doubled, or two that have changed places. */
  public static Arbitrary<byte[]> of(byte[] valid) {
    var latin = StandardCharsets.ISO_8859_1;
    return of(new String(valid, latin)).map(it -> it.getBytes(latin));
  }
}
