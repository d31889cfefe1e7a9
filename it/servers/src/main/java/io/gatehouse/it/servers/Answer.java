package io.gatehouse.it.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An HTTP answer, with its head unchanged. */
public record Answer(int status, String head, String body) {
  /** Returns a header's first value, or an empty text. */
  public String header(String name) {
    return header(head, name);
  }

  public static String header(String head, String name) {
    var values = all(head, name);
    return values.isEmpty() ? "" : values.get(0);
  }

  private static List<String> all(String head, String name) {
    var values = new ArrayList<String>();
    var prefix = name + ":";
    for (var start = head.indexOf('\n') + 1; start > 0; start = head.indexOf('\n', start) + 1) {
      if (head.regionMatches(true, start, prefix, 0, prefix.length())) {
        values.add(head.substring(start + prefix.length(), head.indexOf('\n', start)).strip());
      }
    }
    return values;
  }

  /** Returns the cookies that the answer sets, each as the server wrote it. */
  public List<String> setCookies() {
    return all(head, "Set-Cookie");
  }

  /** Returns the cookies that the answer sets, as a browser would send them back. */
  public String cookies() {
    return setCookies().stream()
        .map(it -> it.split(";", 2)[0])
        .filter(it -> !it.endsWith("="))
        .collect(Collectors.joining("; "));
  }

  /** Returns the cookie of the session that the answer begins, or an empty text. */
  public String sessionCookie() {
    return setCookies().stream()
        .map(it -> it.split(";", 2)[0])
        .filter(it -> it.startsWith("JSESSIONID="))
        .findFirst()
        .orElse("");
  }

  /** Returns the answer without the parts that may differ between two equivalent answers. */
  public String likeness() {
    return head.lines()
            .filter(it -> !it.startsWith("Date:"))
            .filter(it -> !it.startsWith("Connection:") && !it.startsWith("Keep-Alive:"))
            .collect(Collectors.joining("\n"))
        + body;
  }
}
