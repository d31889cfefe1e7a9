package io.gatehouse.internal.jose;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.lang.JoseException;

/**
 * A JWS in compact serialization (RFC 7515 section 7.1). Its form and header have been checked, but
 * its signature has not, so this type exposes no claims. The string form hides the content.
 */
public final class CompactJws {
  /** The maximum number of characters of a JWT; a longer one is rejected unread. */
  public static final int MAX_CHARACTERS = 64 * 1024;

  private static final int MAX_HEADER_CHARACTERS = 4 * 1024;
  private static final int MAX_HEADER_VALUE_CHARACTERS = 512;
  private static final Pattern APPLICATION = Pattern.compile("(?i)^application/(?=[^/]+$)");
  private static final Pattern THREE_PARTS =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final String text;
  private final JwsAlgorithm algorithm;
  private final Optional<String> kid;
  private final Optional<String> typ;

  private CompactJws(
      String text, JwsAlgorithm algorithm, Optional<String> kid, Optional<String> typ) {
    this.text = text;
    this.algorithm = algorithm;
    this.kid = kid;
    this.typ = typ;
  }

  /**
   * Checks the form and the header. Headers that name keys ({@code jku}, {@code jwk}, {@code x5u},
   * {@code x5c}) are ignored; the authorization server's JWKS is the only source of keys.
   *
   * @throws RejectedJwtException if the text is not a JWS, is too long, has an unsupported
   *     algorithm, or a header that changes how the JWS must be read
   */
  public static CompactJws parse(String text) throws RejectedJwtException {
    if (text.length() > MAX_CHARACTERS) {
      throw new RejectedJwtException("a JWT of more than " + MAX_CHARACTERS + " characters");
    }
    var headerEnd = text.indexOf('.');
    if (headerEnd > MAX_HEADER_CHARACTERS || !THREE_PARTS.matcher(text).matches()) {
      // An encrypted JWT has five parts (RFC 7516 section 3.1); it is decrypted only where
      // encryption is configured.
      throw new RejectedJwtException("not a JWS in compact serialization (RFC 7515 7.1)");
    }
    var header = header(text.substring(0, headerEnd));
    // RFC 7515 4.1.11: an unknown critical header must be refused; RFC 7797 is not supported.
    if (header.containsKey("crit") || header.containsKey("b64") || header.containsKey("zip")) {
      throw new RejectedJwtException("the header has crit, b64 or zip (RFC 7515 4.1.11)");
    }
    var algorithm =
        Optional.ofNullable(header.get("alg"))
            .map(Object::toString)
            .flatMap(JwsAlgorithm::named)
            .orElseThrow(() -> new RejectedJwtException("alg is not supported (RFC 8725 3.1)"));
    requireOneSpelling(text);
    return new CompactJws(
        text,
        algorithm,
        shortString(header, "kid"),
        shortString(header, "typ").map(CompactJws::withoutPrefix));
  }

  /**
   * Returns the media type of a {@code typ} or {@code cty} header in its short form (RFC 7515
   * section 4.1.9): {@code application/jwt} is {@code jwt}.
   */
  static String withoutPrefix(String mediaType) {
    return APPLICATION.matcher(mediaType).replaceFirst("");
  }

  // Otherwise a signed text could be changed in bits that no decoder checks (RFC 4648 section 3.5).
  private static void requireOneSpelling(String text) throws RejectedJwtException {
    for (var part : text.split("\\.", -1)) {
      if (Base64Url.decode(part).isEmpty()) {
        throw new RejectedJwtException("a part is not base64url as it is written (RFC 7515 2)");
      }
    }
  }

  private static Map<String, Object> header(String part) throws RejectedJwtException {
    try {
      return JsonText.members(decoded(part));
    } catch (JoseException | RuntimeException e) {
      throw new RejectedJwtException("the header is not one JSON object (RFC 7515 4)");
    }
  }

  private static String decoded(String part) {
    return new String(Base64Url.decode(part).orElse(new byte[0]), StandardCharsets.UTF_8);
  }

  private static Optional<String> shortString(Map<String, Object> header, String name)
      throws RejectedJwtException {
    var value = header.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String it && it.length() <= MAX_HEADER_VALUE_CHARACTERS) {
      return Optional.of(it);
    }
    throw new RejectedJwtException(name + " is not a short string (RFC 7515 4.1)");
  }

  String text() {
    return text;
  }

  /** Returns the bytes that are signed (RFC 7515 section 5.1). */
  byte[] signingInput() {
    return text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
  }

  byte[] signature() {
    return Base64Url.decode(text.substring(text.lastIndexOf('.') + 1)).orElseThrow();
  }

  /** Returns the payload, which only {@link JwsVerifier} may read, after the signature. */
  String unverifiedPayload() {
    return decoded(text.substring(text.indexOf('.') + 1, text.lastIndexOf('.')));
  }

  JwsAlgorithm algorithm() {
    return algorithm;
  }

  Optional<String> kid() {
    return kid;
  }

  Optional<String> typ() {
    return typ;
  }

  @Override
  public String toString() {
    return "CompactJws[hidden]";
  }
}
