package io.gatehouse.it.servers;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * The observable state of an application and of its authorization server while a request is
 * refused.
 */
public interface Witness {
  /** Returns a page that needs a login. */
  URI page();

  /** Returns the number of requests that were let through to the application's own servlets. */
  long visits();

  /** Returns the number of calls of each endpoint of the authorization server. */
  Map<String, Integer> calls();

  /** Returns the secrets that no log may contain, besides those of the request itself. */
  Set<String> secrets();

  LogFiles logs();
}
