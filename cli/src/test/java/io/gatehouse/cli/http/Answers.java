package io.gatehouse.cli.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers of servers that are not there. */
public final class Answers {
  static final Instant SENT = Instant.parse("2026-11-26T12:00:00.500Z");
  static final Instant RECEIVED = SENT.plusMillis(300);

  private Answers() {}

  /** An answer with these headers, each a name and then its value. */
  public static WebAnswer of(int status, String body, String... headers) {
    var all = new HashMap<String, List<String>>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    return new WebAnswer(
        URI.create("http://localhost/"),
        status,
        HttpHeaders.of(Map.copyOf(all), (name, value) -> true),
        body.getBytes(StandardCharsets.UTF_8),
        SENT,
        RECEIVED);
  }
}
