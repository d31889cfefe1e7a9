package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A call that the lying server has received.
 *
 * @param head the lines before the body
 */
public record ReceivedCall(LyingServer.Endpoint endpoint, String target, String head, String body) {
  private static final int MAX_HEAD = 64 * 1024;
  private static final int MAX_BODY = 1 << 20;

  public static ReceivedCall read(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      var next = in.read();
      if (next < 0 || head.length() > MAX_HEAD) {
        throw new IOException("no whole head");
      }
      head.append((char) next);
    }
    var text = head.toString();
    var target = text.split(" ", 3)[1];
    var body = new String(in.readNBytes(length(text)), StandardCharsets.ISO_8859_1);
    return new ReceivedCall(LyingServer.Endpoint.of(target), target, text, body);
  }

  private static int length(String head) {
    return head.lines()
        .filter(it -> it.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToInt(it -> Integer.parseInt(it.substring(it.indexOf(':') + 1).strip()))
        .map(it -> Math.min(it, MAX_BODY))
        .findFirst()
        .orElse(0);
  }

  /** Returns a parameter of the query or of the form. */
  Optional<String> parameter(String name) {
    var query = target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
    for (var pair : (query + "&" + body).split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return Optional.of(
            URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }
}
