package io.gatehouse.internal.server;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the server, RFC 8414 section 2: from its own metadata, and from the
 * configuration where that says otherwise.
 *
 * @param issuer the issuer, exactly as configured
 * @param endpoints an address for every {@link Endpoint} that is required
 * @param sendsIssuer whether its authorization answers carry {@code iss} (RFC 9207 section 3)
 * @param requiresPushedRequests whether it takes requests only that were pushed (RFC 9126 section
 *     5)
 * @param responseModes the forms of answers that it says it knows; empty if it does not say
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

  /** Whether these endpoints are all that a log-in needs. */
  static boolean areEnough(Map<Endpoint, URI> endpoints) {
    return Arrays.stream(Endpoint.values())
        .allMatch(it -> !it.isRequired() || endpoints.containsKey(it));
  }

  /** The address of a required endpoint. */
  public URI at(Endpoint endpoint) {
    return Objects.requireNonNull(endpoints.get(endpoint));
  }

  /** The address of an endpoint; empty if the server has none. */
  public Optional<URI> find(Endpoint endpoint) {
    return Optional.ofNullable(endpoints.get(endpoint));
  }

  /**
   * Holds that the server takes requests that were not pushed. Ours are never pushed all the same:
   * what was configured is not changed behind anybody's back.
   *
   * @throws LoginFailedException with {@link Failure#MISCONFIGURED} if it takes pushed ones only
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
   * Holds that the server can answer in a form. It is asked for no other one all the same.
   *
   * @throws LoginFailedException with {@link Failure#MISCONFIGURED} if it says that it cannot
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
   * Reads and checks a metadata document.
   *
   * @param configured the endpoints that the configuration sets; they win, and may be on any origin
   * @throws LoginFailedException with {@link Failure#MISCONFIGURED} if the document is another
   *     issuer's or sends us elsewhere, and {@link Failure#INVALID_ANSWER} if it is none
   */
  static ServerMetadata parse(byte[] document, String issuer, Map<Endpoint, URI> configured)
      throws LoginFailedException {
    var json = JsonMessage.parse("the server's metadata", document);
    // RFC 8414 3.3: identical, or else another server could pass itself off as this one
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

  // One that is unsafe or elsewhere counts as none: log-in does not need it, and no token goes
  // there.
  private static Optional<URI> optional(JsonMessage json, Endpoint endpoint, String issuer)
      throws LoginFailedException {
    return json.string(endpoint.metadataName())
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
    // A document must not lead our assertions to another server (CVE-2025-27370).
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
