package io.gatehouse.attacks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Addresses that lead a browser to {@link #ELSEWHERE}, or make it run a script or read a header of
 * the attacker's, where code takes them for a path of its own.
 */
public final class RedirectTargets {
  /** The host that no answer may lead to. */
  public static final String ELSEWHERE = "evil.example";

  /** The header that no answer may have. */
  public static final String HEADER = "X-Injected";

  // What stands before a host: browsers take \ for /, drop TAB, CR and LF, and strip what is before
  // the first letter (WHATWG URL 4.4).
  private static final List<String> OPENINGS =
      List.of(
          "//",
          "///",
          "////",
          "/\\",
          "\\/",
          "\\\\",
          "/\\/",
          "//\\",
          "/\t/",
          "/\n/",
          "/\r/",
          "/\r\n/",
          "\t//",
          "\n//",
          "\r\n//",
          " //",
          "/ /",
          "\u00a0//",
          "\u0000//",
          "/\u0000/",
          "/.//",
          "/./\\",
          "/..//",
          "/../..//",
          "/x/..//",
          "/;//",
          "//;@",
          "/%09/",
          "/%5c",
          "/%2f",
          "//%2f",
          "%2f%2f",
          "/%2e%2e//",
          "http://",
          "https://",
          "HtTpS://",
          "http:",
          "https:",
          "http:/",
          "https:///",
          "http:\\\\",
          "http:/\\",
          "https:\t//",
          "ht\ntp://",
          " https://",
          "ftp://",
          "ws://",
          "//\u2044",
          "/\uff0f",
          "\uff0f\uff0f",
          "/x?//",
          "/x#//",
          "?//",
          "#//",
          ".",
          "@",
          ":80@",
          ".@");

  private static final List<String> SCRIPTS =
      List.of(
          "javascript:alert(1)",
          "JaVaScRiPt:alert(1)",
          "java\tscript:alert(1)",
          "java\r\nscript:alert(1)",
          " javascript:alert(1)",
          "\u0001javascript:alert(1)",
          "javascript://OWN/%0aalert(1)",
          "javascript&colon;alert(1)",
          "/javascript:alert(1)",
          "data:text/html,<script>alert(1)</script>",
          "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
          "DATA:,evil",
          "vbscript:msgbox(1)",
          "blob:http://OWN/x",
          "file:///etc/passwd",
          "view-source:http://OWN/",
          "\"><script>alert(1)</script>",
          "'><img src=x onerror=alert(1)>");

  private static final List<String> SPLITS =
      List.of(
          "\r\nX-Injected: yes",
          "\nX-Injected: yes",
          "\rX-Injected: yes",
          "\r\n\r\n<script>alert(1)</script>",
          "\r\n\tX-Injected: yes",
          "\u560a\u560dX-Injected: yes", // CR and LF in the low bytes of UTF-16
          "\u0085X-Injected: yes",
          "\u2028X-Injected: yes",
          "\u000bX-Injected: yes",
          "\u0000X-Injected: yes");

  private RedirectTargets() {}

  /**
   * All of them, raw and percent-encoded once and twice.
   *
   * @param own the host and port of the application, which look-alikes begin or end with
   */
  public static Set<String> against(String own) {
    var raw = new LinkedHashSet<String>();
    for (var opening : OPENINGS) {
      for (var host : hosts(own)) {
        raw.add(opening + host);
      }
    }
    SCRIPTS.forEach(it -> raw.add(it.replace("OWN", own)));
    for (var split : SPLITS) {
      raw.add("/x" + split);
      raw.add("http://" + own + "/" + split);
      raw.add("//" + ELSEWHERE + split);
    }
    var all = new LinkedHashSet<String>();
    raw.forEach(it -> Spelling.all(it).forEach(all::add));
    return all;
  }

  private static List<String> hosts(String own) {
    return List.of(
        ELSEWHERE + "/",
        own + "." + ELSEWHERE + "/",
        own + "@" + ELSEWHERE + "/",
        ELSEWHERE + "\\@" + own + "/");
  }
}
