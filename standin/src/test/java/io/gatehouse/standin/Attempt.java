package io.gatehouse.standin;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.util.Base64URL;
import io.gatehouse.standin.config.Person;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One login in the shape that strict mode accepts; a test changes the one field it is about. A
 * value put as {@link #ABSENT} is left out.
 */
final class Attempt {

  static final Object ABSENT = new Object();
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
  private static final String VERIFIER = "a-code-verifier-of-at-least-forty-three-characters";

  final Map<String, Object> query = new LinkedHashMap<>();
  final Map<String, Object> header = new HashMap<>();
  final Map<String, Object> claims = new HashMap<>();
  final Map<String, String> answerHeaders = new HashMap<>();
  final Map<String, Object> form = new HashMap<>();
  final Map<String, Object> assertionHeader = new HashMap<>();
  final Map<String, Object> assertion = new HashMap<>();
  JWSAlgorithm algorithm;
  JWSSigner signer;
  String afterTheObject = "";
  int status = 200;

  private final TestServer server;
  private final TestClient client;

  Attempt(TestServer server, TestClient client) throws Exception {
    this.server = server;
    this.client = client;
    this.algorithm = client.algorithm();
    this.signer = client.signer();
    var digest = MessageDigest.getInstance("SHA-256");
    var challenge = Base64URL.encode(digest.digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
    mirrored("state", UUID.randomUUID().toString());
    mirrored("nonce", UUID.randomUUID().toString());
    mirrored("code_challenge", challenge.toString());
    mirrored("code_challenge_method", "S256");
    mirrored("scope", "openid learcredential");
    mirrored("response_type", "code");
    mirrored("client_id", client.clientId());
    query.put("request_uri", client.origin() + "/request/1");
    fillObject();
    fillAssertion(assertion);
  }

  private void fillObject() {
    long now = Instant.now().getEpochSecond();
    header.put("typ", "oauth-authz-req+jwt");
    header.put("kid", client.keyId());
    claims.put("iss", client.clientId());
    claims.put("aud", server.issuer().discovered());
    claims.put("redirect_uri", client.redirectUri());
    claims.put("iat", now);
    claims.put("nbf", now);
    claims.put("exp", now + 300);
    claims.put("jti", UUID.randomUUID().toString());
    answerHeaders.put("Content-Type", "application/oauth-authz-req+jwt");
    answerHeaders.put("Cache-Control", "no-store");
  }

  private void fillAssertion(Map<String, Object> into) {
    long now = Instant.now().getEpochSecond();
    into.put("iss", client.clientId());
    into.put("sub", client.clientId());
    into.put("aud", server.issuer().discovered());
    into.put("iat", now);
    into.put("exp", now + 60);
    into.put("jti", UUID.randomUUID().toString());
  }

  void mirrored(String name, String value) {
    query.put(name, value);
    claims.put(name, value);
  }

  String state() {
    return String.valueOf(query.get("state"));
  }

  /** Hosts the object and goes to the authorization endpoint. */
  HttpResponse<String> authorize() throws Exception {
    client.host(
        new TestClient.Hosted(status, answerHeaders, sign(header, claims) + afterTheObject));
    return visit();
  }

  HttpResponse<String> visit() throws Exception {
    return server.get(server.issuer().url("/oidc/authorize?") + TestServer.form(texts(query)));
  }

  /** The redirect that the browser gets after the person's choice. */
  HttpResponse<String> present(Person person) throws Exception {
    return server.choose(authorize(), person);
  }

  String code() throws Exception {
    return code(present(Person.PRODUCT_MANAGER));
  }

  static String code(HttpResponse<String> redirect) {
    var code = CODE.matcher(TestServer.location(redirect));
    if (!code.find()) {
      throw new AssertionError("no code: " + redirect.statusCode() + redirect.headers());
    }
    return code.group(1);
  }

  HttpResponse<String> redeem(String code) throws Exception {
    var parameters = new HashMap<String, Object>();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code);
    parameters.put("redirect_uri", client.redirectUri());
    parameters.put("code_verifier", VERIFIER);
    return token(parameters);
  }

  HttpResponse<String> refresh(String refreshToken) throws Exception {
    fillAssertion(assertion);
    return token(
        new HashMap<>(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken)));
  }

  HttpResponse<String> revoke(String refreshToken) throws Exception {
    fillAssertion(assertion);
    return authenticated(
        "/oidc/revoke",
        new HashMap<>(Map.of("token", refreshToken, "token_type_hint", "refresh_token")));
  }

  private HttpResponse<String> token(Map<String, Object> parameters) throws Exception {
    return authenticated("/oidc/token", parameters);
  }

  private HttpResponse<String> authenticated(String path, Map<String, Object> parameters)
      throws Exception {
    parameters.put("client_id", client.clientId());
    parameters.put(
        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    parameters.put("client_assertion", sign(assertionHeader, assertion));
    parameters.putAll(form);
    return server.post(server.issuer().url(path), texts(parameters));
  }

  String sign(Map<String, Object> header, Map<String, Object> claims) throws Exception {
    var builder = new JWSHeader.Builder(algorithm);
    if (present(header).get("typ") instanceof String typ) {
      builder.type(new JOSEObjectType(typ));
    }
    if (present(header).get("kid") instanceof String kid) {
      builder.keyID(kid);
    }
    var jws = new JWSObject(builder.build(), new Payload(present(claims)));
    jws.sign(signer);
    return jws.serialize();
  }

  private static Map<String, Object> present(Map<String, Object> values) {
    var present = new LinkedHashMap<>(values);
    present.values().removeIf(value -> value == ABSENT);
    return present;
  }

  private static Map<String, String> texts(Map<String, Object> values) {
    var texts = new LinkedHashMap<String, String>();
    present(values).forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }
}
