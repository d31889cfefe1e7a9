package io.gatehouse.internal.server;

import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.JsonWebKeys;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.jose.UnknownKeyException;
import io.gatehouse.internal.jose.UnusableKeyException;
import io.gatehouse.internal.jose.VerifiedJwt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The server as it is known now: its metadata and its public keys, fetched when first needed. */
public final class AuthorizationServer {
  private final ServerCalls calls;
  private final Fetched<ServerMetadata> metadata;
  private final Fetched<JsonWebKeys> keys;
  private final JwsVerifier verifier;

  /**
   * @param issuer the server's issuer identifier
   * @param configured endpoints that are set and not discovered
   * @param boundedWait with which a request waits for another's call
   */
  public AuthorizationServer(
      String issuer,
      Map<Endpoint, URI> configured,
      JwsVerifier verifier,
      ServerCalls calls,
      Clock clock,
      BoundedWait boundedWait) {
    var discovery = new Discovery(calls, issuer, configured);
    this.calls = calls;
    this.verifier = verifier;
    this.metadata = new Fetched<>(discovery::fetch, clock, boundedWait);
    this.keys = new Fetched<>(this::fetchKeys, clock, boundedWait);
  }

  /**
   * The metadata, fetched if need be.
   *
   * @throws LoginFailedException if it is not known and cannot be had now
   */
  public ServerMetadata metadata() throws LoginFailedException {
    return metadata.get();
  }

  /** How long ago the metadata was fetched; empty if it is not known. */
  public Optional<Duration> metadataAge() {
    return metadata.age();
  }

  /** How long ago the keys were fetched; empty if they are not known. */
  public Optional<Duration> keysAge() {
    return keys.age();
  }

  /** Whether all that a log-in needs is known, and not old. */
  public boolean isFresh() {
    return metadata.isFresh() && keys.isFresh();
  }

  /**
   * Fetches what is not known yet, or old, so that nobody who logs in has to wait for it.
   *
   * @throws LoginFailedException if it cannot be had now
   */
  public void fetchAhead() throws LoginFailedException {
    keys.get(); // for which the metadata is needed
    metadata.get();
  }

  private JsonWebKeys fetchKeys() throws LoginFailedException {
    var answer = calls.get(metadata().at(Endpoint.JWKS));
    if (!answer.isOk()) {
      throw new LoginFailedException(
          Failure.UNAVAILABLE,
          "jwks_uri answers with status " + answer.status(),
          answer.retryAfter());
    }
    try {
      return JsonWebKeys.parse(new String(answer.body(), StandardCharsets.UTF_8));
    } catch (UnusableKeyException e) {
      throw new LoginFailedException(Failure.INVALID_ANSWER, e.fault());
    }
  }

  /**
   * Verifies a signature of the server. A {@code kid} that is not known may be a new key, so the
   * keys are fetched once more, though at most once a minute (OpenID Connect Core 1.0 section
   * 10.1.1).
   *
   * @throws RejectedJwtException if the signature is not the server's
   * @throws LoginFailedException if the keys cannot be had now
   */
  public VerifiedJwt verify(CompactJws jws) throws RejectedJwtException, LoginFailedException {
    var known = keys.get();
    try {
      return verifier.verify(jws, known);
    } catch (UnknownKeyException maybeNew) {
      return verifyWithNewer(jws, known);
    }
  }

  private VerifiedJwt verifyWithNewer(CompactJws jws, JsonWebKeys known)
      throws RejectedJwtException, LoginFailedException {
    var unknown = new RejectedJwtException("kid is that of no key of the server");
    try {
      return verifier.verify(jws, keys.newerThan(known).orElseThrow(() -> unknown));
    } catch (UnknownKeyException e) {
      throw unknown;
    }
  }
}
