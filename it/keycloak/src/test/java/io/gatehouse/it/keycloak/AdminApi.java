package io.gatehouse.it.keycloak;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Keycloak's admin REST API. */
final class AdminApi {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;
  private final String credentials;

  AdminApi(URI address, String username, String password) {
    this.address = address;
    this.credentials =
        "grant_type=password&client_id=admin-cli&username=%s&password=%s"
            .formatted(encoded(username), encoded(password));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  JsonStructure get(String path) {
    return json(send("GET", path, BodyPublishers.noBody()));
  }

  /**
   * Creates a resource.
   *
   * @return its id
   */
  String post(String path, JsonValue content) {
    var location =
        send("POST", path, BodyPublishers.ofString(content.toString()))
            .headers()
            .firstValue("Location")
            .orElse("");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /**
   * Registers a client (RFC 7591 section 3) with a token for a single registration.
   *
   * @return the client information that Keycloak answers with
   */
  JsonObject register(String realm, JsonObject metadata) {
    var once = Json.createObjectBuilder().add("count", 1).add("expiration", 60).build();
    var token =
        json(send(
                "POST",
                "/" + realm + "/clients-initial-access",
                BodyPublishers.ofString(once.toString())))
            .asJsonObject()
            .getString("token");
    return json(send(
            HttpRequest.newBuilder(
                    address.resolve("/realms/" + realm + "/clients-registrations/openid-connect"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(metadata.toString()))))
        .asJsonObject();
  }

  void put(String path, JsonValue content) {
    send("PUT", path, BodyPublishers.ofString(content.toString()));
  }

  void delete(String path) {
    send("DELETE", path, BodyPublishers.noBody());
  }

  private HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher content) {
    return send(
        HttpRequest.newBuilder(address.resolve("/admin/realms" + path))
            .header("Authorization", "Bearer " + accessToken())
            .header("Content-Type", "application/json")
            .method(method, content));
  }

  // A new one for each call: it lives for a minute.
  private String accessToken() {
    var answer =
        send(
            HttpRequest.newBuilder(address.resolve("/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(credentials)));
    return json(answer).asJsonObject().getString("access_token");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      var answer =
          client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            answer.uri() + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonStructure json(HttpResponse<String> answer) {
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.read();
    }
  }
}
