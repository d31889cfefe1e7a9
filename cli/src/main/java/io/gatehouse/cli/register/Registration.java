package io.gatehouse.cli.register;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.output.CannotDoException;

/** The id, addresses and algorithms of an application that the authorization server has to know. */
public final class Registration {
  private final ConfiguredApplication application;
  private final String root;
  private final String fetchedRoot;

  /**
   * Creates the registration of an application.
   *
   * @throws CannotDoException if the application's public URL is not configured
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

  /** Returns whether the client authenticates with a secret instead of a key. */
  boolean usesSecret() {
    return application.clientAuthAlgorithm().isSymmetric();
  }

  /** Returns whether the authorization server needs the application's public keys. */
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

  /** Returns the addresses of request objects, as a pattern. */
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
