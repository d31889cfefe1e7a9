package io.gatehouse.it.servers;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The logins that the lying server has approved, and the meaning of each code. */
public final class Approvals {
  /** A text in every secret, by which tests find a leaked secret in any output. */
  public static final String CANARY = "canary";

  private record Approved(String clientId, String nonce) {}

  private final String issuer;
  private final Map<String, Approved> byCode = new ConcurrentHashMap<>();
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  Approvals(String issuer) {
    this.issuer = issuer;
  }

  /** Approves a login, and returns the address to which the browser is redirected. */
  String approve(ReceivedCall call) {
    var code = secret("code");
    var state = call.parameter("state").orElseThrow();
    var nonce = call.parameter("nonce").orElseThrow();
    var requestUri = call.parameter("request_uri").orElseThrow();
    byCode.put(code, new Approved(call.parameter("client_id").orElseThrow(), nonce));
    secrets.add(state);
    secrets.add(nonce);
    secrets.add(requestUri.substring(requestUri.lastIndexOf('/') + 1));
    // The redirect_uri is only in the request object, and next to the address of that object.
    return requestUri.replaceFirst("/request/[^/]*$", "/callback")
        + "?code="
        + code
        + "&state="
        + encoded(state)
        + "&iss="
        + encoded(issuer);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String secret(String what) {
    var secret = CANARY + "-" + what + "-" + UUID.randomUUID();
    secrets.add(secret);
    return secret;
  }

  /**
   * Returns the token answer to a call with a code, with the ID token that the function derives
   * from the valid one.
   */
  String tokens(ReceivedCall call, ServerKey key, Function<JwtDraft, String> idToken) {
    call.parameter("code_verifier").ifPresent(secrets::add);
    call.parameter("client_assertion").ifPresent(secrets::add);
    var approved = byCode.get(call.parameter("code").orElse(""));
    if (approved == null) {
      return "{\"error\":\"invalid_grant\"}";
    }
    var jwt = idToken.apply(draft(approved, key));
    secrets.add(jwt);
    return """
    {"access_token":"%s","refresh_token":"%s","token_type":"Bearer","expires_in":3600,"id_token":"%s"}"""
        .formatted(secret("access"), secret("refresh"), escaped(jwt));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private JwtDraft draft(Approved approved, ServerKey key) {
    var now = System.currentTimeMillis() / 1000;
    var claims = new LinkedHashMap<String, String>();
    claims.put("iss", "\"" + issuer + "\"");
    claims.put("sub", "\"" + secret("sub") + "\"");
    claims.put("aud", "\"" + approved.clientId() + "\"");
    claims.put("nonce", "\"" + approved.nonce() + "\"");
    claims.put("iat", String.valueOf(now));
    claims.put("exp", String.valueOf(now + 300));
    claims.put("name", "\"" + secret("name") + "\"");
    return JwtDraft.of(key, claims);
  }

  /** Returns all secrets that the server has issued or received and that no log may contain. */
  Set<String> secrets() {
    return Set.copyOf(secrets);
  }
}
