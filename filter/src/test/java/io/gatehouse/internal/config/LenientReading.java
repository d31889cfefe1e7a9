package io.gatehouse.internal.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The paths that lenient software may read from a path: decoded repeatedly, parameters removed,
 * dots resolved, backslashes turned. This class is independent of the tested code, which tests
 * compare with it.
 */
public final class LenientReading {
  private static final int MAX_TIMES = 4;

  private LenientReading() {}

  /** Returns all readings of a request's path, without its query. */
  public static List<String> of(String uri) {
    var readings = new ArrayList<String>();
    var path = uri;
    for (var i = 0; i < MAX_TIMES; i++) {
      path = resolved(withoutParameters(path.replace('\\', '/')));
      readings.add(path);
      path = decoded(path).replace("\u0000", "");
    }
    return readings;
  }

  private static String withoutParameters(String path) {
    var kept = new StringBuilder();
    var inParameters = false;
    for (var i = 0; i < path.length(); i++) {
      var character = path.charAt(i);
      inParameters = character == ';' || (inParameters && character != '/');
      if (!inParameters) {
        kept.append(character);
      }
    }
    return kept.toString();
  }

  // A directory keeps its slash, also the one that a dot leaves.
  private static String resolved(String path) {
    var segments = new ArrayList<String>();
    var last = "";
    for (var segment : path.split("/", -1)) {
      last = segment;
      if (segment.equals("..") && !segments.isEmpty()) {
        segments.remove(segments.size() - 1);
      } else if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
        segments.add(segment);
      }
    }
    var isDirectory = last.isEmpty() || last.equals(".") || last.equals("..");
    return "/" + String.join("/", segments) + (isDirectory && !segments.isEmpty() ? "/" : "");
  }

  private static String decoded(String path) {
    var octets = new ByteArrayOutputStream();
    for (var i = 0; i < path.length(); i++) {
      var value = i + 2 < path.length() && path.charAt(i) == '%' ? octet(path, i + 1) : -1;
      if (value >= 0) {
        octets.write(value);
        i += 2;
      } else {
        octets.writeBytes(path.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  private static int octet(String path, int at) {
    var high = Character.digit(path.charAt(at), 16);
    var low = Character.digit(path.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
