package io.gatehouse.bearer;

import io.gatehouse.internal.message.Warnings;
import java.lang.System.Logger;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The origins (RFC 6454) that a client called without the token because they are not in {@code
 * gatehouse.api-origins}. Each origin is logged once: the API only answers 401 and cannot give this
 * reason to the developer.
 */
public final class UnlistedOrigins {
  /**
   * The instance of this application. The field is static because clients may live for one call,
   * and the jar is in the application's own WEB-INF/lib.
   */
  public static final UnlistedOrigins OF_APPLICATION = new UnlistedOrigins();

  private static final Logger LOG = System.getLogger("io.gatehouse");

  // Addresses may contain user input: a user must not be able to fill the memory or the log.
  private static final int MOST = 100;

  private final Set<String> named = new HashSet<>();

  UnlistedOrigins() {}

  /**
   * Records a request that was sent without the token.
   *
   * @param address the address of the request
   */
  public void note(URI address) {
    var origin = origin(address);
    if (isNew(origin)) {
      LOG.log(Logger.Level.WARNING, Warnings.TOKEN_WITHHELD.formatted(origin));
    }
  }

  private synchronized boolean isNew(String origin) {
    return named.size() < MOST && named.add(origin);
  }

  // Paths, queries and user info may contain secrets, so only the origin is logged.
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
