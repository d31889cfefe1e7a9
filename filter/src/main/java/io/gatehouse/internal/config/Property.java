package io.gatehouse.internal.config;

import java.util.Arrays;
import java.util.Optional;

/**
 * All properties of the configuration, by name without the prefix {@code gatehouse.}; the reference
 * is docs/configuration.md.
 */
public enum Property {
  PROVIDER("provider", "oidc"),
  ISSUER("issuer"),
  CLIENT_ID("client-id"),
  PUBLIC_URL("public-url"),
  BACKEND_URL("backend-url"),
  PATH("path", "/gatehouse"),
  LANDING_PAGE("landing-page", "/"),
  PUBLIC_PATHS("public-paths"),
  PROTECTED_PATHS("protected-paths"),
  PRIVATE_CACHE_PATHS("private-cache-paths"),
  ACCEPTED_RISKS("accepted-risks"),
  SIGNING_KEY("signing-key"),
  SIGNING_KEY_NEXT("signing-key-next"),
  SIGNING_KEY_PREVIOUS("signing-key-previous"),
  SIGNING_KEY_PASSWORD("signing-key-password"),
  CLIENT_SECRET("client-secret"),
  CLIENT_AUTH_ALG("client-auth.alg"),
  CLIENT_AUTH_AUDIENCE("client-auth.audience"),
  CLIENT_AUTH_TYP("client-auth.typ", "JWT"),
  SCOPE("scope"),
  REQUEST_MODE("request-mode", "hosted"),
  RESPONSE_MODE("response-mode", "query"),
  REQUEST_OBJECT_ALG("request-object.alg"),
  JCA_PROVIDER("jca-provider"),
  ID_TOKEN_ALG("id-token.alg"),
  ID_TOKEN_ISSUER("id-token.issuer"),
  ID_TOKEN_ENCRYPTION_ALG("id-token.encryption-alg"),
  ID_TOKEN_ENCRYPTION_ENC("id-token.encryption-enc"),
  DECRYPTION_KEY("decryption-key"),
  ENDPOINTS_AUTHORIZATION("endpoints.authorization"),
  ENDPOINTS_TOKEN("endpoints.token"),
  ENDPOINTS_JWKS("endpoints.jwks"),
  ENDPOINTS_END_SESSION("endpoints.end-session"),
  ENDPOINTS_REVOCATION("endpoints.revocation"),
  ENDPOINTS_PUSHED_AUTHORIZATION_REQUEST("endpoints.pushed-authorization-request"),
  SESSION_REFRESH_AFTER("session.refresh-after", "75%"),
  SESSION_MAX_LIFETIME("session.max-lifetime", "12h"),
  SESSION_CARRY_OVER("session.carry-over"),
  ROLES("roles"),
  ROLE_LINKS("role-links"),
  REQUIRED_ROLES("required-roles"),
  REQUIRED_ACR("required-acr"),
  REQUIRED_MAX_AGE("required-max-age"),
  ACR_VALUES("acr-values"),
  MAX_AGE("max-age"),
  PROMPT("prompt"),
  UI_LOCALES("ui-locales"),
  LOGIN_HINT_PARAMETER("login-hint-parameter"),
  LOGOUT_END_SESSION("logout.end-session"),
  LOGOUT_REVOKE("logout.revoke"),
  LOGOUT_REDIRECT_URI("logout.post-logout-redirect-uri"),
  SHARED("shared"),
  API_ORIGINS("api-origins"),
  WEBSOCKET_ORIGINS("websocket-origins"),
  CLOCK_SKEW("clock-skew", "60s"),
  LOGIN_TIMEOUT("login-timeout", "5m"),
  WARM_UP("warm-up", "true"),
  HTTP_CONNECT_TIMEOUT("http.connect-timeout", "3s"),
  HTTP_TIMEOUT("http.timeout", "10s"),
  HTTP_MAX_CALLS("http.max-calls", "12"),
  HTTP_TRUSTSTORE("http.truststore"),
  HTTP_TRUSTSTORE_PASSWORD("http.truststore-password");

  static final String PREFIX = "gatehouse.";

  private final String shortName;
  private final Optional<String> fixedDefault;

  Property(String shortName) {
    this.shortName = shortName;
    this.fixedDefault = Optional.empty();
  }

  Property(String shortName, String fixedDefault) {
    this.shortName = shortName;
    this.fixedDefault = Optional.of(fixedDefault);
  }

  /** Returns the name of the filter's init-param. */
  String shortName() {
    return shortName;
  }

  /** Returns the name in MicroProfile Config. */
  public String fullName() {
    return PREFIX + shortName;
  }

  /** Returns the default, unless it depends on other properties. */
  Optional<String> fixedDefault() {
    return fixedDefault;
  }

  static Optional<Property> named(String shortName) {
    return Arrays.stream(values()).filter(it -> it.shortName.equals(shortName)).findFirst();
  }
}
