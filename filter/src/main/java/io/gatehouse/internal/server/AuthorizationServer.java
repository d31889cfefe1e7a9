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

/**
 * The current knowledge of the authorization server: its metadata and its public keys, fetched when
 * first needed.
 */
public final class AuthorizationServer {
  private final ServerCalls calls;
  private final Fetched<ServerMetadata> metadata;
  private final Fetched<JsonWebKeys> keys;
  private final JwsVerifier verifier;

  /**
   * Creates the authorization server's representation; calls nothing yet.
   *
   * @param issuer the issuer identifier
   * @param configured the endpoints that are configured and therefore not discovered
   * @param boundedWait bounds how long a request waits for another request's call
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
   * Returns the metadata, fetched if necessary.
   *
   * @throws LoginFailedException if the metadata is unknown and cannot be fetched now
   */
  public ServerMetadata metadata() throws LoginFailedException {
    return metadata.get();
  }

  /** Returns the time since the metadata was fetched; empty if the metadata is unknown. */
  public Optional<Duration> metadataAge() {
    return metadata.age();
  }

  /** Returns the time since the keys were fetched; empty if the keys are unknown. */
  public Optional<Duration> keysAge() {
    return keys.age();
  }

  /** Returns whether everything that a login needs is known and not old. */
  public boolean isFresh() {
    return metadata.isFresh() && keys.isFresh();
  }

  /**
   * Fetches metadata and keys that are unknown or old, so that no login has to wait for them.
   *
   * @throws LoginFailedException if the authorization server cannot be reached now
   */
  public void fetchAhead() throws LoginFailedException {
    keys.get(); // fetches the metadata first if necessary
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
      throw new LoginFailedException(Failure.INVALID_ANSWER, e.faultOf("the JWKS"));
    }
  }

  /**
   * Verifies a signature of the authorization server. An unknown {@code kid} may name a new key, so
   * the keys are fetched once more, within the limits of its source (OpenID Connect Core 1.0
   * section 10.1.1).
   *
   * @param source the way in which the JWT came
   * @throws RejectedJwtException if the signature is not the authorization server's
   * @throws LoginFailedException if the keys cannot be fetched now
   */
  public VerifiedJwt verify(CompactJws jws, JwtSource source)
      throws RejectedJwtException, LoginFailedException {
    var known = keys.get();
    try {
      return verifier.verify(jws, known);
    } catch (UnknownKeyException maybeNew) {
      return verifyWithNewer(jws, known, source);
    }
  }

  private VerifiedJwt verifyWithNewer(CompactJws jws, JsonWebKeys known, JwtSource source)
      throws RejectedJwtException, LoginFailedException {
    var unknown = new RejectedJwtException("kid is that of no key of the server");
    var newer = keys.newerThan(known, source).orElseThrow(() -> unknown);
    try {
      return verifier.verify(jws, newer);
    } catch (UnknownKeyException maybeOfAnEarlierFetch) {
      return verifyWithNewest(jws, newer, source);
    }
  }

  // Empty at once if this caller has just made the fetch itself.
  private VerifiedJwt verifyWithNewest(CompactJws jws, JsonWebKeys newer, JwtSource source)
      throws RejectedJwtException, LoginFailedException {
    var unknown = new RejectedJwtException("kid is that of no key of the server");
    try {
      return verifier.verify(jws, keys.newerThan(newer, source).orElseThrow(() -> unknown));
    } catch (UnknownKeyException e) {
      throw unknown;
    }
  }
}
