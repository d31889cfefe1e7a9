package io.gatehouse.internal.login;

import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.JsonWebKeys;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.jose.UnknownKeyException;
import io.gatehouse.internal.jose.UnusableKeyException;
import io.gatehouse.internal.protocol.AuthorizationRequest;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.OwnPaths;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import jakarta.json.Json;
import java.util.List;
import java.util.Set;

/**
 * A login without a user, of which nothing leaves this node. It does what is slow once: loads the
 * classes, seals, signs and verifies for the first time. Authorization servers wait for a request
 * object for as little as two seconds.
 */
public final class Rehearsal {
  private static final int TIMES = 3;

  private final LoginKeyRing ring;
  private final List<SigningKey> published;
  private final String ownPath;

  /**
   * Creates the rehearsal.
   *
   * @param published the keys in the application's JWKS; may be empty
   * @param ownPath Gatehouse's own path
   */
  public Rehearsal(LoginKeyRing ring, List<SigningKey> published, String ownPath) {
    this.ring = ring;
    this.published = List.copyOf(published);
    this.ownPath = ownPath;
  }

  /** Rehearses a few times, until the code is no longer interpreted in large parts. */
  public void run() {
    for (var i = 0; i < TIMES; i++) {
      rehearse();
    }
  }

  private void rehearse() {
    var login = ring.begin();
    var place = new OwnPaths(ownPath).callback();
    ring.openCookie(login.cookie(place, "0/"), place);
    var detail = new HandleDetail("", RequestedAuthentication.ANY).sealable();
    ring.openHandle(login.handle(ownPath, detail), ownPath);
    var request = new AuthorizationRequest(login, RequestedAuthentication.ANY, place);
    var requestObject = request.requestObject(ring);
    login.client().authentication().parameters();
    var algorithm = login.client().requestObjectSigner().algorithm();
    if (!algorithm.isSymmetric() && !published.isEmpty()) {
      verify(requestObject, new JwsVerifier(Set.of(algorithm)));
    }
  }

  private void verify(String requestObject, JwsVerifier verifier) {
    var keys = Json.createArrayBuilder();
    published.forEach(it -> keys.add(Json.createObjectBuilder(it.publicJwk())));
    var jwks = Json.createObjectBuilder().add("keys", keys).build().toString();
    try {
      verifier.verify(CompactJws.parse(requestObject), JsonWebKeys.parse(jwks));
    } catch (RejectedJwtException | UnknownKeyException | UnusableKeyException keysHaveChanged) {
      // the next login signs with the new ones
    }
  }
}
