package io.gatehouse.it.servers;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/** What can be observed of an application and of its server while a request is refused. */
public interface Witness {
  /** A page that needs a log-in. */
  URI page();

  /** How many requests have been let through to the application's own servlets. */
  long visits();

  /** How often each endpoint of the server has been called. */
  Map<String, Integer> calls();

  /** What may be in no log, besides what the request itself has. */
  Set<String> secrets();

  LogFiles logs();
}
