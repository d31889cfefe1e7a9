package io.gatehouse.internal.server;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The status and the header fields of a response, with the names in lower case. */
final class ResponseHead {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private final int status;
  private final Map<String, List<String>> fields;

  ResponseHead(int status, Map<String, List<String>> fields) {
    this.status = status;
    this.fields = Map.copyOf(fields);
  }

  int status() {
    return status;
  }

  /** Returns whether more than an interim response has arrived (RFC 9110 section 15.2). */
  boolean isFinal() {
    return status >= 200;
  }

  /** Returns whether a response of this status never has a body (RFC 9112 section 6.3, rule 1). */
  boolean isWithoutBody() {
    return status == 204 || status == 304;
  }

  /**
   * Returns whether the body is chunked.
   *
   * @throws FailedExchangeException if the body has another transfer coding, which was not asked
   *     for (RFC 9112 section 7.4)
   */
  boolean isChunked() throws FailedExchangeException {
    var coding = value("transfer-encoding");
    if (coding.isPresent() && !coding.get().equalsIgnoreCase("chunked")) {
      throw new FailedExchangeException("the transfer coding of the response is not chunked");
    }
    return coding.isPresent();
  }

  /**
   * Returns the length of the body; empty if the body ends with the connection.
   *
   * @throws FailedExchangeException if several lengths differ, or one is no number (RFC 9112
   *     section 6.3, rule 5)
   */
  OptionalLong length() throws FailedExchangeException {
    var lengths =
        value("content-length").stream()
            .flatMap(it -> Pattern.compile(",").splitAsStream(it))
            .map(String::strip)
            .distinct()
            .toList();
    if (lengths.isEmpty()) {
      return OptionalLong.empty();
    }
    if (lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
      throw new FailedExchangeException("the Content-Length of the response is not one number");
    }
    return OptionalLong.of(Long.parseLong(lengths.get(0)));
  }

  /** Returns the content coding in lower case; {@code identity} if the content is not packed. */
  String contentCoding() {
    return value("content-encoding")
        .map(it -> it.toLowerCase(Locale.ROOT))
        .filter(it -> !it.isEmpty())
        .orElse("identity");
  }

  /** Returns Retry-After in seconds, bounded (RFC 9110 section 10.2.3); zero if absent. */
  Duration retryAfter() {
    return value("retry-after")
        .filter(it -> SECONDS.matcher(it).matches())
        .map(it -> Duration.ofSeconds(Math.min(Long.parseLong(it), 3600)))
        .orElse(Duration.ZERO);
  }

  // RFC 9110 5.3: fields of the same name are one list.
  private Optional<String> value(String name) {
    return Optional.ofNullable(fields.get(name)).map(it -> String.join(", ", it));
  }
}
