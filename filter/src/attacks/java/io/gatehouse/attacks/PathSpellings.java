package io.gatehouse.attacks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Ways to write a protected path, or a path that somebody might take for it, so that a filter and a
 * container could read it differently. None of them is a public path to anybody.
 */
public final class PathSpellings {
  // At every place between two segments, and at the end.
  private static final List<String> INSERTED =
      List.of(
          ";",
          ";x=1",
          ";jsessionid=Z",
          ";a=b;c=d",
          ";/..",
          ";%2f..",
          "/.",
          "/./.",
          "/..;/.",
          "/",
          "//",
          "/;",
          "/;x=1",
          "/.;",
          "/.;x=1",
          "\\",
          "\\\\",
          "%2f",
          "%2F",
          "%5c",
          "%5C",
          "%3b",
          "%3bx=1",
          "%00",
          "%00.css",
          "%0a",
          "%0d",
          "%0d%0a",
          "%09",
          "%20",
          "%7f",
          "%1f",
          "%23",
          "%3f",
          "%25",
          "\t",
          "\u0001",
          "\u007f",
          " ",
          ".",
          "..",
          "...",
          "%2e",
          "~",
          "*",
          "%c0%af",
          "%c0%ae",
          "%c1%9c",
          "%e0%80%af",
          "%f0%80%80%af",
          "%fc%80%80%80%80%af",
          "%ff",
          "%fe",
          "%e2%82",
          "%ed%a0%80",
          "%u002f",
          "%u2215",
          "%uff0f",
          "%",
          "%2",
          "%zz",
          "\u2215",
          "\u2044",
          "\uff0f",
          "\uff0e",
          "\u00ad",
          "\u200b",
          "\u202e",
          "\ufeff",
          "\ufffd",
          "?.css",
          "?/..",
          "?/open/x",
          "#",
          "#/open/x",
          ".css",
          ";.css",
          ";x.css",
          "/.css",
          ".do;.css",
          "::$DATA",
          "|",
          "^",
          "`",
          "{}",
          "<>",
          "\"",
          "+",
          "&",
          "=",
          "!",
          "@",
          "$",
          "'",
          "(",
          ",");

  private static final List<String> DOTS =
      List.of(
          "..",
          "..;",
          "..;x=1",
          "%2e%2e",
          "%2e.",
          ".%2e",
          "%2E%2E",
          "%2e%2e;",
          "..%00",
          "..%0a",
          "..%09",
          "..%5c..",
          "%252e%252e",
          "%25252e%25252e",
          "%c0%ae%c0%ae",
          "%e0%80%ae%e0%80%ae",
          "%u002e%u002e",
          "\uff0e\uff0e",
          "..\\..",
          "./..",
          "x/../..",
          "//..",
          "....//..");

  private static final List<String> SEPARATORS =
      List.of("/", "//", "%2f", "\\", "%5c", "/;/", ";/", "/./", "%252f", "%c0%af", "\u2215");

  private PathSpellings() {}

  /**
   * All ways to write a path, raw and percent-encoded once and twice.
   *
   * @param path a protected path
   * @param publicPaths public paths, from which dot segments might lead to it
   */
  public static Set<String> of(String path, List<String> publicPaths) {
    var raw = new LinkedHashSet<String>();
    raw.add(path);
    insertions(path, raw);
    letters(path, raw);
    for (var publicPath : publicPaths) {
      for (var dots : DOTS) {
        for (var separator : SEPARATORS) {
          if (!isPlainChild(dots, separator)) {
            raw.add(publicPath + "/" + dots + separator + path.substring(1));
          }
        }
      }
    }
    var all = new LinkedHashSet<String>();
    for (var it : raw) {
      // The first slash stays: without it this is no path.
      Spelling.all(it.substring(1))
          .map("/"::concat)
          .filter(PathSpellings::isOneLine)
          .forEach(all::add);
    }
    return all;
  }

  private static void insertions(String path, Set<String> raw) {
    for (var insert : INSERTED) {
      for (var at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
        raw.add(path.substring(0, at) + insert + path.substring(at));
        if (at > 0 || !leavesRoot(insert)) {
          raw.add(path.substring(0, at + 1) + insert + path.substring(at + 1));
        }
      }
      raw.add(path + insert);
      raw.add(path + "/" + insert);
    }
  }

  // What is left of the path is the root, which is public.
  private static boolean leavesRoot(String insert) {
    return insert.startsWith("?") || insert.startsWith("#") || insert.startsWith(";jsessionid=");
  }

  // Other case, letters that have the same upper case, and letters that need no encoding.
  private static void letters(String path, Set<String> raw) {
    raw.add(path.toUpperCase(Locale.ROOT));
    raw.add(path.replace('s', '\u017f').replace('k', '\u212a').replace('i', '\u0131'));
    for (var i = 1; i < path.length(); i++) {
      var before = path.substring(0, i);
      var letter = path.substring(i, i + 1);
      var after = path.substring(i + 1);
      raw.add(before + letter.toUpperCase(Locale.ROOT) + after);
      raw.add(before + String.format(Locale.ROOT, "%%%02x", (int) path.charAt(i)) + after);
      raw.add(before + String.format(Locale.ROOT, "%%u%04x", (int) path.charAt(i)) + after);
      raw.add(before + (char) (path.charAt(i) + 0xFEE0) + after); // its full-width form
    }
  }

  // Below a public prefix, three dots or dots of another alphabet are a name like any other.
  private static boolean isPlainChild(String dots, String separator) {
    return dots.chars().anyMatch(it -> it > 0x7F) && List.of("/", "\u2215").contains(separator);
  }

  // What ends the line of the request is another request.
  private static boolean isOneLine(String path) {
    return path.indexOf('\n') < 0 && path.indexOf('\r') < 0;
  }
}
