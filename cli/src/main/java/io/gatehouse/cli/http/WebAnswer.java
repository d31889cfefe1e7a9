package io.gatehouse.cli.http;

import io.gatehouse.internal.jose.JsonText;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A whole answer, with its times. */
public final class WebAnswer {
  private final URI uri;
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;
  private final Instant sent;
  private final Instant received;

  /**
   * Creates an answer.
   *
   * @param sent the time when the request was sent
   * @param received the time when the last byte had arrived
   */
  public WebAnswer(
      URI uri, int status, HttpHeaders headers, byte[] body, Instant sent, Instant received) {
    this.uri = uri;
    this.status = status;
    this.headers = headers;
    this.body = body.clone();
    this.sent = sent;
    this.received = received;
  }

  public URI uri() {
    return uri;
  }

  public int status() {
    return status;
  }

  public byte[] body() {
    return body.clone();
  }

  public Duration took() {
    return Duration.between(sent, received);
  }

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns the JSON object in the body; empty if the body is not a JSON object. */
  public Optional<JsonObject> json() {
    return JsonText.object(body);
  }

  /**
   * Returns how far the clock of the sender is ahead of ours by its {@code Date} (RFC 9110 section
   * 6.6.1), which has whole seconds and was written at some moment of the call; empty without a
   * {@code Date}.
   */
  public Optional<Duration> clockAhead() {
    try {
      var date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(header("Date"), Instant::from);
      if (date.plusSeconds(1).isBefore(sent)) {
        return Optional.of(Duration.between(sent, date));
      }
      return Optional.of(date.isAfter(received) ? Duration.between(received, date) : Duration.ZERO);
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** Describes the answer in a few words, for a person who expected something else. */
  public String inShort() {
    if (status >= 300 && status < 400) {
      return status + ", a redirect to " + withoutQuery(header("Location"));
    }
    if (json().isEmpty() && text().stripLeading().startsWith("<")) {
      return status + " with a page of HTML";
    }
    var type = header("Content-Type");
    return status + (type.isEmpty() ? "" : " with " + type);
  }

  // The query may be confidential, such as a code.
  private static String withoutQuery(String location) {
    return location.split("[?#]", 2)[0];
  }
}
