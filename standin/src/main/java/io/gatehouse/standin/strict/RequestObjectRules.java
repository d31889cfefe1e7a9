package io.gatehouse.standin.strict;

import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.request.RequestObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Rules for a request object beyond those of the Verifier: RFC 9101, RFC 8725 and FAPI 2.0 Message
 * Signing, 5.3.1.
 */
public final class RequestObjectRules {

  private static final long LEEWAY_SECONDS = 10;
  private static final long LONGEST_WINDOW_SECONDS = 3600;
  // The Verifier returns the state unencoded.
  private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+");

  private final RequestObject object;
  private final Map<String, String> query;
  private final List<String> violations = new ArrayList<>();

  private RequestObjectRules(RequestObject object, Map<String, String> query) {
    this.object = object;
    this.query = query;
  }

  public static List<String> violations(
      RequestObject object, Map<String, String> query, Issuer issuer, Instant now) {
    var rules = new RequestObjectRules(object, query);
    rules.checkHeader();
    rules.checkParties(issuer);
    rules.checkTimes(now.getEpochSecond());
    rules.checkParameters();
    return rules.violations;
  }

  private void checkHeader() {
    rule("typ", "oauth-authz-req+jwt".equals(object.header("typ"))); // RFC 9101, 10.8
    // A shared secret has no key id for the header (OIDC Core 10.1).
    var symmetric = String.valueOf(object.header("alg")).startsWith("HS");
    rule("kid", symmetric || object.header("kid") instanceof String);
  }

  private void checkParties(Issuer issuer) {
    var clientId = query.get("client_id");
    rule("client_id", Objects.equals(object.claim("client_id"), clientId)); // RFC 9101, 5
    rule("iss", Objects.equals(object.claim("iss"), clientId)); // RFC 9101, 4
    rule("aud", issuer.discovered().equals(object.claim("aud"))); // one string, not an array
    // RFC 9101, 10.8: with a sub, the object could pass for a client assertion
    rule("sub", !object.has("sub"));
    rule("jti", object.claim("jti") instanceof String jti && !jti.isBlank());
  }

  private void checkTimes(long now) {
    var exp = object.time("exp");
    var nbf = object.time("nbf");
    var iat = object.time("iat");
    rule("exp", exp.isPresent() && exp.get() > now);
    rule("nbf", nbf.isPresent() && nbf.get() <= now + LEEWAY_SECONDS);
    if (exp.isPresent() && nbf.isPresent()) {
      rule("exp - nbf", exp.get() - nbf.get() <= LONGEST_WINDOW_SECONDS);
    }
    rule("iat", iat.isPresent() && iat.get() <= now + LEEWAY_SECONDS);
  }

  private void checkParameters() {
    rule("response_type", "code".equals(object.claim("response_type")));
    rule("redirect_uri", object.claim("redirect_uri") instanceof String);
    rule("request", !object.has("request")); // RFC 9101, 4
    rule("request_uri", !object.has("request_uri"));
    for (var mirrored : List.of("state", "nonce", "code_challenge", "code_challenge_method")) {
      var value = query.get(mirrored);
      rule(mirrored, value != null && value.equals(object.claim(mirrored)));
    }
    rule("code_challenge_method", "S256".equals(query.get("code_challenge_method")));
    rule("state", BASE64URL.matcher(query.getOrDefault("state", "")).matches());
    for (var optional : List.of("response_type", "redirect_uri")) {
      var value = query.get(optional);
      rule(optional, value == null || value.equals(object.claim(optional)));
    }
  }

  private void rule(String name, boolean kept) {
    var violation = "request object: " + name;
    if (!kept && !violations.contains(violation)) {
      violations.add(violation);
    }
  }
}
