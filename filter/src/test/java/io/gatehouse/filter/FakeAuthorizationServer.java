package io.gatehouse.filter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsSigner;
import io.gatehouse.internal.jose.KeyReader;
import io.gatehouse.internal.jose.UnusableKeyException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An authorization server on loopback that misbehaves on request. */
public final class FakeAuthorizationServer implements AutoCloseable {
  /** The answer of an endpoint. */
  public record Reply(int status, String body, Map<String, String> headers) {
    public static Reply json(String body) {
      return new Reply(200, body, Map.of("Content-Type", "application/json"));
    }

    public static Reply status(int status, String body) {
      return new Reply(status, body, Map.of());
    }

    public Reply with(String name, String value) {
      return new Reply(status, body, Map.of(name, value));
    }
  }

  public static final String ACCESS_TOKEN = "canary-access-token";
  public static final String REFRESH_TOKEN = "canary-refresh-token";

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Clock clock;
  private final JwsSigner signer;
  private final Map<String, String> nonces = new ConcurrentHashMap<>();
  private final List<Map<String, String>> tokenRequests = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private volatile UnaryOperator<Map<String, Object>> idToken = it -> it;
  private volatile UnaryOperator<Reply> tokenReply = it -> it;
  private volatile UnaryOperator<Reply> refreshReply = it -> it;
  private volatile Map<String, Object> accessTokenClaims = Map.of();
  private volatile String latestRefreshToken = REFRESH_TOKEN;
  private volatile boolean acceptsUsedRefreshTokens;
  private final AtomicInteger refreshes = new AtomicInteger();
  private volatile UnaryOperator<Reply> jwksReply = it -> it;
  private volatile UnaryOperator<Reply> metadataReply = it -> it;
  private volatile UnaryOperator<Reply> revocationReply = it -> it;
  private volatile UnaryOperator<Reply> pushReply = it -> it;
  private volatile UnaryOperator<String> idTokenOnItsWay = it -> it;
  private final List<Map<String, String>> pushed = new CopyOnWriteArrayList<>();
  private final AtomicInteger logoutTokens = new AtomicInteger();
  private final List<Map<String, String>> revocations = new CopyOnWriteArrayList<>();
  private volatile String issuer = ValidConfiguration.ISSUER;
  private volatile String clientId = ValidConfiguration.RFC_7515_A_3_DID_KEY;

  public FakeAuthorizationServer(Clock clock) throws IOException, UnusableKeyException {
    this.clock = clock;
    var key =
        KeyReader.read(
            ValidConfiguration.RFC_7517_A_2.getBytes(StandardCharsets.UTF_8), Optional.empty());
    signer = JwsSigner.with(key, JwsAlgorithm.ES256);
    var jwks =
        Json.createObjectBuilder()
            .add("keys", Json.createArrayBuilder().add(Json.createObjectBuilder(key.publicJwk())))
            .build()
            .toString();
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/token", it -> answer(it, tokenReply.apply(token(it))));
    http.createContext("/jwks", it -> answer(it, jwksReply.apply(Reply.json(jwks))));
    http.createContext(
        "/.well-known", it -> answer(it, metadataReply.apply(Reply.json(metadata()))));
    http.createContext("/revoke", it -> answer(it, revocationReply.apply(revoked(it))));
    http.createContext("/par", it -> answer(it, pushReply.apply(pushed(it))));
    http.setExecutor(threads);
    http.start();
  }

  public String origin() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Adds the endpoints, so that nothing is discovered. */
  public ValidConfiguration endpointsOf(ValidConfiguration configuration) {
    return configuration
        .with(Property.ENDPOINTS_AUTHORIZATION, origin() + "/authorize")
        .with(Property.ENDPOINTS_TOKEN, origin() + "/token")
        .with(Property.ENDPOINTS_JWKS, origin() + "/jwks");
  }

  /** Makes the server its own issuer, which is discovered, from now on. */
  public void isIssuer() {
    issuer = origin();
  }

  void knows(String newClientId) {
    clientId = newClientId;
  }

  /** Changes the claims of every ID token. */
  public void idTokens(UnaryOperator<Map<String, Object>> change) {
    idToken = change;
  }

  public void answersTokenRequests(UnaryOperator<Reply> change) {
    tokenReply = change;
  }

  /** Makes access tokens JWTs with these claims, from now on. */
  void accessTokens(Map<String, Object> claims) {
    accessTokenClaims = Map.copyOf(claims);
  }

  /** Changes the answers to refreshes. */
  public void answersRefreshes(UnaryOperator<Reply> change) {
    refreshReply = change;
  }

  /** The refresh requests that came. */
  public long refreshes() {
    return tokenRequests.stream()
        .filter(it -> "refresh_token".equals(it.get("grant_type")))
        .count();
  }

  public void answersKeyRequests(UnaryOperator<Reply> change) {
    jwksReply = change;
  }

  public void answersMetadataRequests(UnaryOperator<Reply> change) {
    metadataReply = change;
  }

  /** The user has logged in for the request that this browser was redirected with. */
  public String codeFor(FakeResponse redirect) {
    return codeFor(redirect.parameter("nonce"));
  }

  private String codeFor(String nonce) {
    var code = "canary-code-" + nonces.size();
    nonces.put(code, nonce);
    return code;
  }

  /** Returns a code for a request that the authorization server has only as a request object. */
  public String codeFor(JsonObject requestObject) {
    return codeFor(requestObject.getString("nonce"));
  }

  /** Returns the claims of a request object that was pushed or is in the address. */
  static JsonObject claimsOf(String requestObject) {
    var json = Base64.getUrlDecoder().decode(requestObject.split("\\.", -1)[1]);
    try (var reader = Json.createReader(new ByteArrayInputStream(json))) {
      return reader.readObject();
    }
  }

  /** Adds the endpoint that requests are pushed to. */
  ValidConfiguration pushedRequestsOf(ValidConfiguration configuration) {
    return endpointsOf(configuration)
        .with(Property.REQUEST_MODE, "pushed")
        .with(Property.ENDPOINTS_PUSHED_AUTHORIZATION_REQUEST, origin() + "/par");
  }

  /** The pushed requests that came. */
  List<Map<String, String>> pushed() {
    return pushed;
  }

  void answersPushedRequests(UnaryOperator<Reply> change) {
    pushReply = change;
  }

  /** Changes every ID token of a login after it is signed. */
  void sendsIdTokens(UnaryOperator<String> change) {
    idTokenOnItsWay = change;
  }

  /** An answer that is signed (JARM 2.1), with these parameters. */
  String securedResponse(Map<String, Object> parameters) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer);
    claims.put("aud", clientId);
    claims.put("exp", clock.instant().getEpochSecond() + 600);
    claims.putAll(parameters);
    return signer.sign(Optional.of("JWT"), claims);
  }

  private Reply pushed(HttpExchange exchange) throws IOException {
    pushed.add(form(exchange));
    return Reply.status(
        201,
        "{\"request_uri\":\"urn:ietf:params:oauth:request_uri:%d\",\"expires_in\":60}"
            .formatted(pushed.size()));
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    var form = new LinkedHashMap<String, String>();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (var pair : body.split("&", -1)) {
      var parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  /** The query of the answer with which the browser comes back from there. */
  public String answerTo(FakeResponse redirect) {
    return "code=" + codeFor(redirect) + "&state=" + redirect.parameter("state");
  }

  public List<Map<String, String>> tokenRequests() {
    return tokenRequests;
  }

  /** The paths that were called. */
  public List<String> calls() {
    return calls;
  }

  /** Adds the endpoints that a logout uses. */
  public ValidConfiguration logoutEndpointsOf(ValidConfiguration configuration) {
    return configuration
        .with(Property.ENDPOINTS_END_SESSION, origin() + "/end-session")
        .with(Property.ENDPOINTS_REVOCATION, origin() + "/revoke");
  }

  void answersRevocations(UnaryOperator<Reply> change) {
    revocationReply = change;
  }

  List<Map<String, String>> revocations() {
    return revocations;
  }

  private Reply revoked(HttpExchange exchange) throws IOException {
    revocations.add(form(exchange));
    return Reply.status(200, "");
  }

  /** A logout token, with these claims beside the usual ones. */
  String logoutToken(Map<String, Object> subject) {
    var now = clock.instant().getEpochSecond();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer);
    claims.put("aud", clientId);
    claims.put("iat", now);
    claims.put("exp", now + 120);
    claims.put("jti", "canary-jti-" + logoutTokens.incrementAndGet());
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    claims.putAll(subject);
    return signer.sign(Optional.of("logout+jwt"), claims);
  }

  private String metadata() {
    return Json.createObjectBuilder()
        .add("issuer", issuer)
        .add("authorization_endpoint", origin() + "/authorize")
        .add("token_endpoint", origin() + "/token")
        .add("jwks_uri", origin() + "/jwks")
        .add("authorization_response_iss_parameter_supported", true)
        .build()
        .toString();
  }

  private Reply token(HttpExchange exchange) throws IOException {
    var form = form(exchange);
    tokenRequests.add(form);
    if ("refresh_token".equals(form.get("grant_type"))) {
      return refreshReply.apply(refreshed(form));
    }
    var nonce = nonces.remove(form.getOrDefault("code", ""));
    if (nonce == null) {
      return new Reply(400, "{\"error\":\"invalid_grant\"}", Map.of());
    }
    return Reply.json(
        Json.createObjectBuilder()
            .add("access_token", accessToken())
            .add("refresh_token", REFRESH_TOKEN)
            .add(
                "id_token",
                idTokenOnItsWay.apply(
                    signer.sign(Optional.of("JWT"), idToken.apply(claims(nonce)))))
            .add("token_type", "Bearer")
            .add("expires_in", 900)
            .build()
            .toString());
  }

  private String accessToken() {
    if (accessTokenClaims.isEmpty()) {
      return ACCESS_TOKEN;
    }
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer);
    claims.put("exp", clock.instant().getEpochSecond() + 900);
    claims.putAll(accessTokenClaims);
    return signer.sign(Optional.of("at+jwt"), claims);
  }

  /** Accepts used refresh tokens from now on, as servers do that do not rotate, or for a while. */
  public void acceptsUsedRefreshTokens() {
    acceptsUsedRefreshTokens = true;
  }

  // Rotates: only the latest refresh token is good, as with OAuth 2.1 section 4.3.1.
  private Reply refreshed(Map<String, String> form) {
    if (!acceptsUsedRefreshTokens && !latestRefreshToken.equals(form.get("refresh_token"))) {
      return new Reply(400, "{\"error\":\"invalid_grant\"}", Map.of());
    }
    var number = refreshes.incrementAndGet();
    latestRefreshToken = REFRESH_TOKEN + "-" + number;
    var claims = claims("");
    claims.remove("nonce");
    claims.remove("name");
    return Reply.json(
        Json.createObjectBuilder()
            .add("access_token", ACCESS_TOKEN + "-" + number)
            .add("refresh_token", latestRefreshToken)
            .add("id_token", signer.sign(Optional.of("JWT"), idToken.apply(claims)))
            .add("token_type", "Bearer")
            .add("expires_in", 900)
            .build()
            .toString());
  }

  private Map<String, Object> claims(String nonce) {
    var now = clock.instant().getEpochSecond();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer);
    claims.put("sub", "did:key:zHolder");
    claims.put("aud", clientId);
    claims.put("iat", now);
    claims.put("exp", now + 60);
    claims.put("nonce", nonce);
    claims.put("name", "Ada");
    return claims;
  }

  private void answer(HttpExchange exchange, Reply reply) throws IOException {
    calls.add(exchange.getRequestURI().getPath());
    try (exchange) {
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
