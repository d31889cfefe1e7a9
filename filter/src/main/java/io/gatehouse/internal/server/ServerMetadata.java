package io.gatehouse.internal.server;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The authorization server's metadata (RFC 8414 section 2), overridden by the configured endpoints.
 *
 * @param issuer the issuer, exactly as configured
 * @param endpoints an address for every required {@link Endpoint}
 * @param sendsIssuer whether authorization responses carry {@code iss} (RFC 9207 section 3)
 * @param requiresPushedRequests whether the server accepts pushed requests only (RFC 9126 section
 *     5)
 * @param responseModes the response modes that the server states to support; empty if it states
 *     none
 */
public record ServerMetadata(
    String issuer,
    Map<Endpoint, URI> endpoints,
    boolean sendsIssuer,
    boolean requiresPushedRequests,
    Set<String> responseModes) {
  public ServerMetadata {
    responseModes = Set.copyOf(responseModes);
    endpoints = Map.copyOf(endpoints);
    if (!areEnough(endpoints)) {
      throw new IllegalArgumentException("an address for every required endpoint");
    }
  }

  /** Returns whether these endpoints suffice for a login. */
  static boolean areEnough(Map<Endpoint, URI> endpoints) {
    return Arrays.stream(Endpoint.values())
        .allMatch(it -> !it.isRequired() || endpoints.containsKey(it));
  }

  /** Returns the address of a required endpoint. */
  public URI at(Endpoint endpoint) {
    return Objects.requireNonNull(endpoints.get(endpoint));
  }

  /** Returns the address of an endpoint; empty if the authorization server has no such endpoint. */
  public Optional<URI> find(Endpoint endpoint) {
    return Optional.ofNullable(endpoints.get(endpoint));
  }

  /**
   * Requires that the authorization server accepts requests that were not pushed. The configured
   * request mode is never changed implicitly.
   *
   * @throws LoginFailedException with {@link Failure#MISCONFIGURED} if the authorization server
   *     accepts pushed requests only
   */
  public void requireTakesRequestsUnpushed() throws LoginFailedException {
    if (requiresPushedRequests) {
      throw new LoginFailedException(
          Failure.MISCONFIGURED,
          "the server takes pushed requests only (require_pushed_authorization_requests,"
              + " RFC 9126 5): set gatehouse.request-mode to pushed");
    }
  }

  /**
   * Requires that the authorization server supports a response mode. The configured response mode
   * is never changed implicitly.
   *
   * @throws LoginFailedException with {@link Failure#MISCONFIGURED} if the authorization server
   *     states that it does not support the mode
   */
  public void requireAnswersIn(ResponseMode mode) throws LoginFailedException {
    if (mode.isSecured() && !responseModes.isEmpty() && !responseModes.contains(mode.wireName())) {
      throw new LoginFailedException(
          Failure.MISCONFIGURED,
          "the server's response_modes_supported has no %s, which gatehouse.response-mode is (JARM 3)"
              .formatted(mode.wireName()));
    }
  }

  /**
   * Parses and checks a metadata document.
   *
   * @param configured the configured endpoints; they take precedence, and may be on any origin
   * @throws LoginFailedException with {@link Failure#MISCONFIGURED} if the document names another
   *     issuer or an endpoint on another origin, and {@link Failure#INVALID_ANSWER} if it is not a
   *     metadata document
   */
  static ServerMetadata parse(byte[] document, String issuer, Map<Endpoint, URI> configured)
      throws LoginFailedException {
    var json = JsonMessage.parse("the server's metadata", document);
    // RFC 8414 3.3: identical, otherwise another server could impersonate this one
    if (!json.string("issuer").equals(Optional.of(issuer))) {
      throw new LoginFailedException(
          Failure.MISCONFIGURED,
          "the metadata names another issuer than gatehouse.issuer ("
              + issuer
              + "); they must be equal to the letter (RFC 8414 3.3)");
    }
    var endpoints = new EnumMap<Endpoint, URI>(Endpoint.class);
    for (var endpoint : Endpoint.values()) {
      var set = configured.get(endpoint);
      if (set != null) {
        endpoints.put(endpoint, set);
      } else if (endpoint.isRequired()) {
        endpoints.put(endpoint, discovered(json, endpoint, issuer));
      } else {
        optional(json, endpoint, issuer).ifPresent(it -> endpoints.put(endpoint, it));
      }
    }
    return new ServerMetadata(
        issuer,
        endpoints,
        json.isTrue("authorization_response_iss_parameter_supported"),
        json.isTrue("require_pushed_authorization_requests"),
        json.strings("response_modes_supported"));
  }

  // An endpoint that is no address, unsafe or on another origin counts as absent: login does not
  // need it, and no token may be sent there.
  private static Optional<URI> optional(JsonMessage json, Endpoint endpoint, String issuer) {
    return json.stringIfAny(endpoint.metadataName())
        .flatMap(SecureUri::parse)
        .filter(it -> Origin.isSame(it, URI.create(issuer)));
  }

  private static URI discovered(JsonMessage json, Endpoint endpoint, String issuer)
      throws LoginFailedException {
    var address =
        json.string(endpoint.metadataName())
            .flatMap(SecureUri::parse)
            .orElseThrow(
                () ->
                    JsonMessage.invalid(
                        "the metadata has no safe "
                            + endpoint.metadataName()
                            + " (https, or http on loopback); gatehouse."
                            + endpoint.property()
                            + " can set it"));
    // A document must not direct our assertions to another server (CVE-2025-27370).
    if (!Origin.isSame(address, URI.create(issuer))) {
      throw new LoginFailedException(
          Failure.MISCONFIGURED,
          endpoint.metadataName()
              + " is on another origin than the issuer; if that is right, set gatehouse."
              + endpoint.property());
    }
    return address;
  }
}
