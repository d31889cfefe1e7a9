package io.gatehouse.internal.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The failure to fetch a document of the authorization server. No redirect is followed, so a
 * document that has moved for good (RFC 9110 sections 15.4.2 and 15.4.9) is for the operator.
 */
final class FetchFailure {
  private FetchFailure() {}

  /**
   * Returns the failure.
   *
   * @param address the address that was called
   * @param name the name of the address in the log
   * @param correction the settings by which an operator can change the address
   */
  static LoginFailedException of(
      URI address, String name, ServerResponse answer, String correction) {
    var reason = name + " answers with status " + answer.status();
    if (!answer.isMoved()) {
      return new LoginFailedException(Failure.UNAVAILABLE, reason, answer.retryAfter());
    }
    var target =
        answer
            .location()
            .flatMap(it -> shown(address, it))
            .map(it -> "to " + it)
            .orElse("without a usable Location");
    return new LoginFailedException(
        Failure.MISCONFIGURED,
        "%s %s; redirects are not followed: correct %s".formatted(reason, target, correction));
  }

  // Only the parts that lead an operator there: user info, query and fragment may be secrets.
  private static Optional<String> shown(URI address, String location) {
    try {
      var target = address.resolve(new URI(location)).parseServerAuthority();
      var scheme = String.valueOf(target.getScheme());
      return target.getHost() != null
              && (scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))
          ? Optional.of(Origin.of(target) + target.getRawPath())
          : Optional.empty();
    } catch (URISyntaxException noAddress) {
      return Optional.empty();
    }
  }
}
