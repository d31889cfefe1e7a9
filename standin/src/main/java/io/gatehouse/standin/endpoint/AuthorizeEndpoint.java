package io.gatehouse.standin.endpoint;

import io.gatehouse.standin.config.ClientRegistration;
import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.page.ErrorPage;
import io.gatehouse.standin.page.RedirectUri;
import io.gatehouse.standin.request.RefusedException;
import io.gatehouse.standin.request.RequestObject;
import io.gatehouse.standin.request.RequestObjectFetch;
import io.gatehouse.standin.state.Calls;
import io.gatehouse.standin.state.Clients;
import io.gatehouse.standin.state.Login;
import io.gatehouse.standin.state.PendingLogins;
import io.gatehouse.standin.strict.RequestObjectRules;
import io.gatehouse.standin.strict.RequestUriRules;
import io.gatehouse.standin.wallet.People;
import io.gatehouse.standin.wallet.WalletPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code GET /oidc/authorize}: reads the query, fetches the request object, shows the wallet page.
 */
@Controller
final class AuthorizeEndpoint {

  private final Settings settings;
  private final Issuer issuer;
  private final Clients clients;
  private final Calls calls;
  private final RequestObjectFetch requestObjects;
  private final AcrValues acrValues;
  private final PendingLogins logins;
  private final ErrorPage errorPage;
  private final WalletPage walletPage;

  AuthorizeEndpoint(
      Settings settings,
      Issuer issuer,
      Clients clients,
      Calls calls,
      PendingLogins logins,
      People people,
      ErrorPage errorPage) {
    this.settings = settings;
    this.issuer = issuer;
    this.clients = clients;
    this.calls = calls;
    this.requestObjects = new RequestObjectFetch(calls);
    this.acrValues = new AcrValues(settings);
    this.logins = logins;
    this.errorPage = errorPage;
    this.walletPage = new WalletPage(people, issuer, logins.timeout());
  }

  @GetMapping("/oidc/authorize")
  ResponseEntity<String> authorize(@RequestParam Map<String, String> query) {
    var client = clients.find(query.get("client_id"));
    if (client.isEmpty()) {
      calls.refused("authorization request: client_id is not registered");
      return ResponseEntity.status(HttpStatus.FORBIDDEN).build();
    }
    try {
      var login = accept(query, client.get());
      if (settings.verifier().errorsReachRedirectUri() && "none".equals(query.get("prompt"))) {
        return RedirectUri.error(login, "login_required", "login_required");
      }
      return walletPage.answer(logins.add(login), login);
    } catch (RefusedException e) {
      calls.refused("authorization request: " + e.error() + ": " + e.description());
      return errorPage.redirect(e);
    }
  }

  private Login accept(Map<String, String> query, ClientRegistration client)
      throws RefusedException {
    var requestUri = required(query, "request_uri");
    var scope = required(query, "scope");
    var state = required(query, "state");
    if (settings.verifier().nonceRequired()) {
      required(query, "nonce");
    }
    var fetched = requestObjects.fetch(requestUri);
    var object = RequestObject.verify(fetched.compact(), client);
    if (settings.strict()) {
      requireStrict(query, fetched, object);
    }
    if (!object.text("client_id").equals(client.clientId())) {
      throw new RefusedException("invalid_request_object", "client_id is another client's");
    }
    if (!object.text("scope").equals(scope)) {
      throw RefusedException.invalidRequest("scope differs from the object's");
    }
    var redirectUri = object.text("redirect_uri");
    if (!client.redirectUris().contains(redirectUri)) {
      throw RefusedException.invalidRequest("redirect_uri is not registered");
    }
    return new Login(
        client,
        redirectUri,
        scope,
        state,
        optional(query, "nonce"),
        optional(query, "code_challenge"),
        optional(query, "code_challenge_method"),
        acrValues.acr(object),
        Instant.now());
  }

  private void requireStrict(
      Map<String, String> query, RequestObjectFetch.Fetched fetched, RequestObject object)
      throws RefusedException {
    var violations =
        new ArrayList<>(RequestUriRules.violations(query.getOrDefault("request_uri", ""), fetched));
    violations.addAll(RequestObjectRules.violations(object, query, issuer, Instant.now()));
    violations.forEach(calls::violated);
    if (!violations.isEmpty()) {
      throw new RefusedException("strict", String.join("; ", violations));
    }
  }

  private static String required(Map<String, String> query, String name) throws RefusedException {
    var value = optional(query, name);
    if (value == null) {
      throw RefusedException.invalidRequest(name + " is missing in the query");
    }
    return value;
  }

  private static @Nullable String optional(Map<String, String> query, String name) {
    var value = query.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
