package io.gatehouse.internal.server;

import java.net.URI;
import java.util.Locale;

/** The origin of a URL as browsers write it (RFC 6454 section 6.2). */
public final class Origin {
  private Origin() {}

  static boolean isSame(URI one, URI other) {
    return of(one).equals(of(other));
  }

  /** Returns scheme and host in lower case, and the port unless it is the default port. */
  public static String of(URI url) {
    var scheme = url.getScheme().toLowerCase(Locale.ROOT);
    var usualPort = scheme.equals("https") ? 443 : 80;
    var port = url.getPort() < 0 || url.getPort() == usualPort ? "" : ":" + url.getPort();
    return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port;
  }
}
