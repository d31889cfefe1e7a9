package io.gatehouse.internal.server;

import io.gatehouse.internal.message.ConfigurationFaults;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses addresses to which secrets may be sent: https anywhere, http on this machine only. */
public final class SecureUri {
  private static final Pattern ODD_HOST =
      Pattern.compile("^(?i:https?)://(?![^/?#]*@)[^/?#]*[^/?#A-Za-z0-9.:\\[\\]-]");
  private static final Pattern UPPER_SCHEME = Pattern.compile("^(?!https:)(?i:https)://");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private SecureUri() {}

  /**
   * Returns the text as an absolute URI if the scheme is https, or http to loopback, and the URI
   * has neither user info nor fragment; otherwise empty.
   */
  public static Optional<URI> parse(String text) {
    try {
      var uri = new URI(text).parseServerAuthority();
      var safe =
          uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null
              && ("https".equals(uri.getScheme())
                  || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost())));
      return safe ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Returns the fault of a text that {@link #parse} refuses, as a format. */
  public static String faultOf(String text) {
    if (ODD_HOST.matcher(text).find()) {
      return ConfigurationFaults.INVALID_HOST;
    }
    return UPPER_SCHEME.matcher(text).find()
        ? ConfigurationFaults.SCHEME_NOT_LOWER_CASE
        : ConfigurationFaults.INVALID_URL;
  }

  /** Returns an address for the log: without its query, which may contain a secret. */
  static String shown(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }

  /**
   * Returns whether a host, without its port, is this machine by name or by number (RFC 8252 7.3).
   */
  public static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
