package io.gatehouse.it.keycloak;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A realm of Keycloak, whose refresh tokens can be used once and which keeps its events, with the
 * admin calls that tests make without the browser.
 */
final class Realm {
  /** The password of every user. */
  static final String PASSWORD = "an invented password of the users";

  private static final List<String> EVENTS =
      List.of("LOGIN", "REFRESH_TOKEN", "REFRESH_TOKEN_ERROR");

  /** A user account. */
  record Account(String id, String username) {}

  private final AdminApi admin;
  private final URI server;
  private final String name;
  private final AtomicInteger users = new AtomicInteger();

  private Realm(AdminApi admin, URI server, String name) {
    this.admin = admin;
    this.server = server;
    this.name = name;
  }

  static Realm create(AdminApi admin, URI server, String name) {
    admin.post(
        "",
        Json.createObjectBuilder()
            .add("realm", name)
            .add("enabled", true)
            .add("revokeRefreshToken", true)
            .add("refreshTokenMaxReuse", 0)
            .add("eventsEnabled", true)
            .add("enabledEventTypes", Json.createArrayBuilder(EVENTS)) // else no refreshes
            .build());
    return new Realm(admin, server, name);
  }

  URI authorizationEndpoint() {
    return URI.create(issuer() + "/protocol/openid-connect/auth");
  }

  String issuer() {
    return server.resolve("/realms/" + name).toString();
  }

  /** Replaces the client policies. */
  void setPolicies(JsonObject profiles, JsonObject policies) {
    admin.put("/" + name + "/client-policies/profiles", profiles);
    admin.put("/" + name + "/client-policies/policies", policies);
  }

  void createClient(JsonObject client) {
    admin.post("/" + name + "/clients", client);
  }

  /** Changes a client, by a JSON merge patch (RFC 7396). */
  void changeClient(String clientId, JsonObject change) {
    var client = admin.get("/" + name + "/clients?clientId=" + clientId).asJsonArray();
    var changed = Json.createMergePatch(change).apply(client.getJsonObject(0)).asJsonObject();
    admin.put("/" + name + "/clients/" + changed.getString("id"), changed);
  }

  void createRole(String role) {
    admin.post("/" + name + "/roles", Json.createObjectBuilder().add("name", role).build());
  }

  /** Creates an account with a new name. */
  Account createUser() {
    var username = "user" + users.incrementAndGet();
    var id =
        admin.post(
            "/" + name + "/users",
            Json.createObjectBuilder()
                .add("username", username)
                .add("enabled", true)
                // Without these three, Keycloak asks for them at the first login.
                .add("email", username + "@example.com")
                .add("firstName", "Alex")
                .add("lastName", "Example")
                .add(
                    "credentials",
                    Json.createArrayBuilder()
                        .add(
                            Json.createObjectBuilder()
                                .add("type", "password")
                                .add("value", PASSWORD)))
                .build());
    return new Account(id, username);
  }

  void giveRole(Account account, String role) {
    admin.post(
        user(account) + "/role-mappings/realm",
        Json.createArrayBuilder().add(admin.get("/" + name + "/roles/" + role)).build());
  }

  void disable(Account account) {
    admin.put(user(account), Json.createObjectBuilder().add("enabled", false).build());
  }

  /** Returns the ids of the user's sessions, which are the {@code sid} of their tokens. */
  List<String> sessions(Account account) {
    return admin
        .get(user(account) + "/sessions")
        .asJsonArray()
        .getValuesAs(JsonObject.class)
        .stream()
        .map(it -> it.getString("id"))
        .toList();
  }

  /** Ends all sessions of a user. */
  void logOut(Account account) {
    admin.post(user(account) + "/logout", JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Ends one session. */
  void endSession(String id) {
    admin.delete("/" + name + "/sessions/" + id);
  }

  /** Returns the number of events of this type for a session. */
  long events(String type, String session) {
    return admin
        .get("/" + name + "/events?type=" + type)
        .asJsonArray()
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(it -> it.getString("sessionId", "").equals(session))
        .count();
  }

  /** Returns the {@code kid} of the key that signs tokens. */
  String signingKey() {
    return admin
        .get("/" + name + "/keys")
        .asJsonObject()
        .getJsonObject("active")
        .getString("RS256");
  }

  /** Creates a new key that signs tokens from now on. */
  void rotateKey() {
    admin.post(
        "/" + name + "/components",
        Json.createObjectBuilder()
            .add("name", "newer")
            .add("providerId", "rsa-generated")
            .add("providerType", "org.keycloak.keys.KeyProvider")
            .add(
                "config",
                Json.createObjectBuilder().add("priority", Json.createArrayBuilder().add("200")))
            .build());
  }

  /** Registers a client dynamically (RFC 7591), and returns Keycloak's client information. */
  JsonObject register(JsonObject metadata) {
    return admin.register(name, metadata);
  }

  void deleteClient(String clientId) {
    var found = admin.get("/" + name + "/clients?clientId=" + clientId).asJsonArray();
    admin.delete("/" + name + "/clients/" + found.getJsonObject(0).getString("id"));
  }

  private String user(Account account) {
    return "/" + name + "/users/" + account.id();
  }
}
