package io.gatehouse.cli.register;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.output.CannotDoException;

/** The id, addresses and algorithms of an application that the server has to know. */
public final class Registration {
  private final ConfiguredApplication application;
  private final String root;
  private final String fetchedRoot;

  /**
   * @throws CannotDoException if it is not configured where the application is
   */
  public Registration(ConfiguredApplication application) {
    this.application = application;
    var publicUrl =
        application
            .publicUrl()
            .orElseThrow(
                () ->
                    new CannotDoException(
                        "gatehouse.public-url is not set. Set it to the address of the application"
                            + " as browsers see it: all that is registered begins with it"));
    root = publicUrl + application.ownPath();
    fetchedRoot = application.backendUrl().orElse(publicUrl) + application.ownPath();
  }

  ConfiguredApplication application() {
    return application;
  }

  String publicUrl() {
    return application.publicUrl().orElseThrow();
  }

  /** Tells whether the client proves itself with a secret, and not with a key. */
  boolean usesSecret() {
    return application.clientAuthAlgorithm().isSymmetric();
  }

  /** Tells whether the server has to have our public keys. */
  boolean usesKey() {
    return !usesSecret() || !application.requestObjectAlgorithm().isSymmetric();
  }

  String clientAuthAlgorithm() {
    return application.clientAuthAlgorithm().wireName();
  }

  String requestObjectAlgorithm() {
    return application.requestObjectAlgorithm().wireName();
  }

  String redirectUri() {
    return root + "/callback";
  }

  String postLogoutRedirectUri() {
    return application.postLogoutRedirectUri().map(Object::toString).orElse(root + "/logged-out");
  }

  /** The addresses of request objects, as a pattern. */
  String requestUris() {
    return fetchedRoot + "/request/*";
  }

  String jwksUri() {
    return fetchedRoot + "/jwks";
  }

  String backchannelLogoutUri() {
    return fetchedRoot + "/backchannel-logout";
  }
}
