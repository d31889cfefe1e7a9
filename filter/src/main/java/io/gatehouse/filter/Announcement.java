package io.gatehouse.filter;

import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.protocol.OwnPaths;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The summary of a deployment for its operator, in one log message: the values to register at the
 * authorization server, the signature algorithms, and the protected paths. It contains nothing
 * secret.
 */
final class Announcement {
  private final Configuration configuration;
  private final List<String> mappings;

  /**
   * Creates the summary.
   *
   * @param mappings the URL patterns that the filter is mapped to
   */
  Announcement(Configuration configuration, List<String> mappings) {
    this.configuration = configuration;
    this.mappings = List.copyOf(mappings);
  }

  String text() {
    var application = configuration.application();
    var path = application.path();
    var base = application.publicUrl().configured().orElse("http://localhost:PORT/CONTEXT");
    var fetched = application.backendUrl().map(Object::toString).orElse(base);
    var own = new OwnPaths(base + path);
    var fetchable = new OwnPaths(fetched + path);
    var keys = configuration.keys();
    return "Gatehouse is on"
        + application.oneOfSeveral().map(it -> " behind the filter " + it).orElse("")
        + ". To register at "
        + configuration.server().issuer()
        + ": client_id "
        + configuration.clientId()
        + (", redirect_uri " + own.callback())
        + (", " + configuration.modes().request().registration(fetched + path))
        + (", jwks_uri " + fetchable.jwks())
        + (". If the server has logout: post_logout_redirect_uri " + own.loggedOut())
        + (", backchannel_logout_uri " + fetchable.backchannelLogout())
        + ("\n  signed with: request objects "
            + keys.current().requestObjectSigner().algorithm().wireName()
            + ", client authentication "
            + keys.current().assertionSigner().algorithm().wireName()
            + ", ID tokens "
            + configuration.server().idTokenAlgorithms().stream()
                .map(JwsAlgorithm::wireName)
                .collect(Collectors.joining(" or ")))
        + ("\n  published keys: " + kids(keys))
        + ("\n  protected: " + protectedPaths())
        + ("; public of it: " + either(rules().open().patterns(), "nothing"))
        + ("; with a role: " + either(rules().roles().patterns(), "nothing"));
  }

  private AccessRules.RuleSet rules() {
    return configuration.access().rules();
  }

  private String protectedPaths() {
    var mapped = either(mappings, "what it is mapped to by servlet name");
    return rules().isOpen()
        ? either(rules().restrictedPaths(), "nothing")
            + " (all else within "
            + mapped
            + " is public)"
        : mapped;
  }

  /** Returns the {@code kid} of each published key, or {@code none}. */
  static String kids(Configuration.Keys keys) {
    return either(keys.published().stream().map(SigningKey::kid).toList(), "none");
  }

  private static String either(Collection<String> list, String ifEmpty) {
    return list.isEmpty() ? ifEmpty : String.join(", ", list);
  }
}
