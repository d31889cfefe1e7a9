package io.gatehouse.it.servers;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Verifier stand-in, with the control API that tests call without the browser. */
public final class StandIn implements AutoCloseable {
  private static final String OWN_PATH = "/gatehouse";

  private final ServerProcess process;
  private final int port;
  private final String line;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private StandIn(ServerProcess process, int port, String line) {
    this.process = process;
    this.port = port;
    this.line = line;
  }

  /**
   * Starts the stand-in and does not wait.
   *
   * @param line the line of the Verifier whose behavior it has, {@code 2.x} or {@code 3.x}
   * @param options more options, such as {@code --standin.strict=true}
   */
  public static StandIn start(Path log, int port, String line, List<String> options) {
    var arguments =
        new ArrayList<String>(
            List.of(
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                ServerProcess.directory().resolve("standin.jar").toString(),
                "--server.port=" + port,
                "--standin.line=" + line));
    arguments.addAll(options);
    return new StandIn(ServerProcess.start(log, arguments), port, line);
  }

  public StandIn await() {
    process.awaitAnswer(address("/standin/calls"));
    return this;
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public String issuer() {
    return address(line.equals("3.x") ? "/verifier" : "").toString();
  }

  /**
   * Returns the {@code iss} of the stand-in's tokens, which differs from its issuer in line 3.x.
   */
  public String tokenIssuer() {
    return address("").toString();
  }

  public String apiUrl() {
    return address("/api").toString();
  }

  /** Returns the origin of the stand-in's API, for {@code gatehouse.api-origins}. */
  public String apiOrigin() {
    return address("").toString();
  }

  /** Registers a client that is known by its did:key. */
  public void registerDidKey(String didKey, String publicUrl) {
    registerDidKey(didKey, publicUrl, OWN_PATH);
  }

  /**
   * Registers a client that is known by its did:key.
   *
   * @param ownPath the path of Gatehouse's own paths in the application
   */
  public void registerDidKey(String didKey, String publicUrl, String ownPath) {
    register(
        client(didKey, publicUrl, ownPath)
            .add("tokenEndpointAuthenticationSigningAlgorithm", "ES256"));
  }

  /** Registers a client that has a secret. */
  public void registerSecret(String clientId, String secret, String publicUrl) {
    register(
        client(clientId, publicUrl)
            .add("clientSecret", secret)
            .add("tokenEndpointAuthenticationSigningAlgorithm", "HS256"));
  }

  /** Registers a client whose keys the stand-in fetches from the client. */
  public void registerKeys(String clientId, String algorithm, String publicUrl) {
    register(
        client(clientId, publicUrl)
            .add("jwkSetUrl", publicUrl + "/gatehouse/jwks")
            .add("tokenEndpointAuthenticationSigningAlgorithm", algorithm));
  }

  private static JsonObjectBuilder client(String clientId, String publicUrl) {
    return client(clientId, publicUrl, OWN_PATH);
  }

  private static JsonObjectBuilder client(String clientId, String publicUrl, String ownPath) {
    return Json.createObjectBuilder()
        .add("clientId", clientId)
        .add("url", publicUrl)
        .add("redirectUris", Json.createArrayBuilder().add(publicUrl + ownPath + "/callback"))
        .add(
            "postLogoutRedirectUris",
            Json.createArrayBuilder().add(publicUrl + ownPath + "/logged-out"))
        .add("backchannelLogoutUri", publicUrl + ownPath + "/backchannel-logout");
  }

  private void register(JsonObjectBuilder registration) {
    send(
        HttpRequest.newBuilder(address("/standin/clients"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(registration.build().toString())));
  }

  /**
   * Returns the counts of calls by endpoint, and {@code violations}: the findings of the strict
   * checks.
   */
  public JsonObject calls() {
    try (var reader =
        Json.createReader(
            new StringReader(send(HttpRequest.newBuilder(address("/standin/calls")))))) {
      return reader.readObject();
    }
  }

  /** Returns the counts of calls by endpoint. */
  public Map<String, Integer> counts() {
    return calls().entrySet().stream()
        .filter(it -> it.getValue() instanceof JsonNumber)
        .collect(
            Collectors.toMap(Map.Entry::getKey, it -> ((JsonNumber) it.getValue()).intValue()));
  }

  public void reset() {
    send(HttpRequest.newBuilder(address("/standin/reset")).POST(BodyPublishers.noBody()));
  }

  /**
   * Returns the live logins at the stand-in, each with {@code sid}, {@code sub} and {@code client}.
   */
  public List<JsonObject> logins() {
    try (var reader =
        Json.createReader(
            new StringReader(send(HttpRequest.newBuilder(address("/standin/logins")))))) {
      return reader.readArray().getValuesAs(JsonObject.class);
    }
  }

  /**
   * Ends logins at the stand-in, which notifies the client through the back channel.
   *
   * @param form {@code client}, and {@code sid} or {@code sub} or both, as a form
   * @return the status that the client answered
   */
  public int logOut(String form) {
    try (var reader =
        Json.createReader(
            new StringReader(
                send(
                    HttpRequest.newBuilder(address("/standin/logout"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))))) {
      return reader.readObject().getInt("status");
    }
  }

  /**
   * Returns a logout token signed by the stand-in, with claims and header fields as documented in
   * its README.
   */
  public String logoutToken(JsonObject wanted) {
    return send(
        HttpRequest.newBuilder(address("/standin/logout-token"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(wanted.toString())));
  }

  /** Makes refreshes fail from now on, in one of the ways of the README, until {@code reset}. */
  public void troubleRefreshes(String kind) {
    send(
        HttpRequest.newBuilder(address("/standin/refresh-trouble"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("kind=" + kind)));
  }

  /** Makes the API refuse the next calls with 401, whatever their access token. */
  public void refuseAtApi(int times) {
    send(
        HttpRequest.newBuilder(address("/standin/api-trouble"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("kind=unauthorized&times=" + times)));
  }

  private String send(HttpRequest.Builder request) {
    try {
      var answer =
          client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(answer.uri() + ": " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public ServerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
