package io.gatehouse.container;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A response as the client gets it. */
public record SentResponse(int status, Map<String, List<String>> headers, String body) {
  public SentResponse {
    var ignoringCase = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    ignoringCase.putAll(headers);
    headers = ignoringCase;
  }

  /** Returns the media type in lower case, and without spaces. */
  String mediaType() {
    return String.join(", ", header("Content-Type")).replace(" ", "").toLowerCase(Locale.ROOT);
  }

  public List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }
}
