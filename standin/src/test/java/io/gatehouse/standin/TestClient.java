package io.gatehouse.standin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.standin.did.DidKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An application that is a client of the server: its keys, and what it hosts on loopback. */
final class TestClient implements AutoCloseable {

  /** The response to the next fetch of the request object. */
  record Hosted(int status, Map<String, String> headers, String body) {}

  private static final String SECRET = "a secret of the tests, over 32 bytes";

  private final String clientId;
  private final JWSAlgorithm algorithm;
  private final String keyId;
  private final JWSSigner signer;
  private final HttpServer http;
  private final BlockingQueue<String> backChannel = new LinkedBlockingQueue<>();
  private volatile Hosted hosted = new Hosted(404, Map.of(), "");
  private volatile Hosted backChannelAnswer = new Hosted(200, Map.of(), "");

  private TestClient(
      String clientId, JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWKSet published)
      throws IOException {
    this.clientId = clientId;
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.signer = signer;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/request", () -> hosted);
    var jwks = new Hosted(200, Map.of("Content-Type", "application/json"), published.toString());
    serve("/jwks", () -> jwks);
    http.createContext(
        "/backchannel",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          backChannel.add(
              String.join(
                  " ",
                  exchange.getRequestMethod(),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  new String(body, StandardCharsets.UTF_8)));
          send(exchange, backChannelAnswer);
        });
    http.start();
  }

  static TestClient didKey() throws IOException, JOSEException {
    var key = new ECKeyGenerator(Curve.P_256).generate();
    var did = DidKey.encode(key);
    return new TestClient(did, JWSAlgorithm.ES256, did, new ECDSASigner(key), new JWKSet());
  }

  static TestClient rsa(String clientId) throws IOException, JOSEException {
    var key = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
    return new TestClient(
        clientId, JWSAlgorithm.RS256, "rsa-1", new RSASSASigner(key), new JWKSet(key));
  }

  static TestClient secret(String clientId) throws IOException, JOSEException {
    return new TestClient(
        clientId, JWSAlgorithm.HS256, "secret", new MACSigner(SECRET), new JWKSet());
  }

  /** As the list of trusted services has it, for this kind of client. */
  Map<String, Object> registration() {
    var registration = new HashMap<String, Object>();
    registration.put("clientId", clientId);
    registration.put("url", origin());
    registration.put("redirectUris", List.of(redirectUri()));
    registration.put("scopes", List.of("openid_learcredential"));
    registration.put("clientAuthenticationMethods", List.of("client_secret_jwt"));
    registration.put("authorizationGrantTypes", List.of("authorization_code", "refresh_token"));
    registration.put("tokenEndpointAuthenticationSigningAlgorithm", algorithm.getName());
    if (algorithm.equals(JWSAlgorithm.HS256)) {
      registration.put("clientSecret", SECRET);
    } else if (algorithm.equals(JWSAlgorithm.RS256)) {
      registration.put("clientAuthenticationMethods", List.of("private_key_jwt"));
      registration.put("jwkSetUrl", origin() + "/jwks");
    }
    return registration;
  }

  String clientId() {
    return clientId;
  }

  JWSAlgorithm algorithm() {
    return algorithm;
  }

  String keyId() {
    return keyId;
  }

  JWSSigner signer() {
    return signer;
  }

  String origin() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  String redirectUri() {
    return origin() + "/callback";
  }

  void host(Hosted next) {
    hosted = next;
  }

  String backChannelUri() {
    return origin() + "/backchannel";
  }

  void answerBackChannel(Hosted next) {
    backChannelAnswer = next;
  }

  /**
   * Returns the requests at the back channel since the last call: method, content type and body of
   * each.
   */
  List<String> backChannel() {
    var came = new ArrayList<String>();
    backChannel.drainTo(came);
    return came;
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private interface Source {
    Hosted next();
  }

  private void serve(String path, Source source) {
    http.createContext(
        path,
        exchange -> {
          send(exchange, source.next());
        });
  }

  private static void send(HttpExchange exchange, Hosted answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
