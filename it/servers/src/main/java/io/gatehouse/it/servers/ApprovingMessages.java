package io.gatehouse.it.servers;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Messages of the approving server, about itself and its users.
 *
 * @param issuer the server's address
 * @param life the lifetime of access tokens
 */
record ApprovingMessages(String issuer, Duration life) {
  /** A user's login at this server. */
  record Login(String subject, String nonce) {}

  JsonObject metadata() {
    return Json.createObjectBuilder()
        .add("issuer", issuer)
        .add("authorization_endpoint", issuer + "/authorize")
        .add("token_endpoint", issuer + "/token")
        .add("revocation_endpoint", issuer + "/revoke")
        .add("jwks_uri", issuer + "/jwks")
        // Discovery 1.0 section 3 also requires these members, and some clients insist on them.
        .add("response_types_supported", Json.createArrayBuilder().add("code"))
        .add("subject_types_supported", Json.createArrayBuilder().add("public"))
        .add("id_token_signing_alg_values_supported", Json.createArrayBuilder().add("ES256"))
        .build();
  }

  JsonObject claims(Login login) {
    var now = Instant.now().getEpochSecond();
    return Json.createObjectBuilder()
        .add("iss", issuer)
        .add("aud", ApprovingServer.CLIENT_ID)
        .add("sub", login.subject())
        .add("sid", sid(login.subject()))
        .add("nonce", login.nonce())
        .add("iat", now)
        .add("exp", now + life.toSeconds())
        .build();
  }

  /** Returns the claims of a valid logout token. */
  JsonObject logoutClaims(String subject) {
    var now = Instant.now().getEpochSecond();
    return Json.createObjectBuilder()
        .add("iss", issuer)
        .add("aud", ApprovingServer.CLIENT_ID)
        .add("iat", now)
        .add("exp", now + 120)
        .add("jti", UUID.randomUUID().toString())
        .add("sid", sid(subject))
        .add(
            "events",
            Json.createObjectBuilder()
                .add(
                    "http://schemas.openid.net/event/backchannel-logout",
                    Json.createObjectBuilder()))
        .build();
  }

  private static String sid(String subject) {
    return "session-of-" + subject;
  }
}
