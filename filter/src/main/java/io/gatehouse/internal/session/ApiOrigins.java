package io.gatehouse.internal.session;

import io.gatehouse.internal.server.Origin;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The only origins (RFC 6454) to which access tokens may be sent. */
public final class ApiOrigins {
  private final Set<String> origins;

  public ApiOrigins(List<URI> addresses) {
    origins = addresses.stream().map(Origin::of).collect(Collectors.toUnmodifiableSet());
  }

  boolean contains(URI address) {
    var scheme = address.getScheme();
    return scheme != null
        && address.getHost() != null
        && Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
        && origins.contains(Origin.of(address));
  }
}
