package io.gatehouse.bearer;

import java.lang.System.Logger;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The origins (RFC 6454) that a client was to call with a token and that are not in {@code
 * gatehouse.api-origins}. Each is named once in the log: the API only answers 401 and cannot say
 * why, and the developer has to learn it somewhere.
 */
public final class UnlistedOrigins {
  /** Of this application: the jar is in its own WEB-INF/lib, and clients may live for one call. */
  public static final UnlistedOrigins OF_APPLICATION = new UnlistedOrigins();

  private static final Logger LOG = System.getLogger("io.gatehouse");

  // An address may be made of what a user sends: neither the memory nor the log is theirs to fill.
  private static final int MOST = 100;

  private final Set<String> named = new HashSet<>();

  UnlistedOrigins() {}

  /**
   * A request went without a token.
   *
   * @param address where it went to
   */
  public void note(URI address) {
    var origin = origin(address);
    if (isNew(origin)) {
      LOG.log(
          Logger.Level.WARNING,
          "a request to {0} went without the access token; if it is to have it, add {0} to"
              + " gatehouse.api-origins",
          origin);
    }
  }

  private synchronized boolean isNew(String origin) {
    return named.size() < MOST && named.add(origin);
  }

  // Never a path, a query or user info: they may hold secrets.
  private static String origin(URI address) {
    var scheme = address.getScheme();
    var host = address.getHost();
    if (scheme == null || host == null) {
      return "an address without scheme or host";
    }
    var port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return (scheme + "://" + host + port).toLowerCase(Locale.ROOT);
  }
}
