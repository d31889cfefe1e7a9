package io.gatehouse.standin.endpoint;

import com.nimbusds.jwt.JWTClaimsSet;
import io.gatehouse.standin.backchannel.BackChannel;
import io.gatehouse.standin.config.ClientRegistration;
import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.key.OwnTokens;
import io.gatehouse.standin.page.Page;
import io.gatehouse.standin.request.RefusedException;
import io.gatehouse.standin.state.Calls;
import io.gatehouse.standin.state.Clients;
import io.gatehouse.standin.state.LiveLogins;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** OIDC RP-Initiated Logout 1.0, which works in later 3.x only; earlier versions answer 403. */
@Controller
final class EndSessionEndpoint {

  private final Page layout = Page.load("layout.html");
  private final Page page = Page.load("logout.html");
  private final boolean works;
  private final Clients clients;
  private final OwnTokens tokens;
  private final LiveLogins logins;
  private final Calls calls;
  private final BackChannel backChannel;

  EndSessionEndpoint(
      Settings settings,
      Clients clients,
      OwnTokens tokens,
      LiveLogins logins,
      Calls calls,
      BackChannel backChannel) {
    this.works = settings.logOut();
    this.clients = clients;
    this.tokens = tokens;
    this.logins = logins;
    this.calls = calls;
    this.backChannel = backChannel;
  }

  @RequestMapping("/oidc/logout")
  ResponseEntity<String> endSession(@RequestParam Map<String, String> parameters) {
    if (!works) {
      calls.refused("end session: this Verifier has no logout, see standin.log-out");
      return ResponseEntity.status(HttpStatus.FORBIDDEN).build();
    }
    try {
      var hint = hint(parameters);
      var client = client(hint, parameters);
      requireRegistered(client, parameters);
      end(hint, client);
      return parameters.containsKey("post_logout_redirect_uri")
          ? redirect(parameters)
          : show(HttpStatus.OK, "You are logged out", "Close this page, or log in again.");
    } catch (RefusedException e) {
      calls.refused("end session: " + e.error() + ": " + e.description());
      return show(HttpStatus.BAD_REQUEST, "Logout not possible", e.description());
    }
  }

  // Section 2: an expired hint is valid. The hint is recommended there but required here, since it
  // identifies the login.
  private JWTClaimsSet hint(Map<String, String> parameters) throws RefusedException {
    return tokens
        .idToken(parameters.getOrDefault("id_token_hint", ""))
        .orElseThrow(
            () -> RefusedException.invalidRequest("id_token_hint is not an ID token of ours"));
  }

  private ClientRegistration client(JWTClaimsSet hint, Map<String, String> parameters)
      throws RefusedException {
    var audience = hint.getAudience().get(0);
    if (!parameters.getOrDefault("client_id", audience).equals(audience)) {
      throw RefusedException.invalidRequest("client_id is not the audience of id_token_hint");
    }
    return clients
        .find(audience)
        .orElseThrow(() -> RefusedException.invalidRequest("the client is not known any more"));
  }

  private static void requireRegistered(ClientRegistration client, Map<String, String> parameters)
      throws RefusedException {
    var uri = parameters.get("post_logout_redirect_uri");
    if (uri != null && !client.postLogoutRedirectUris().contains(uri)) {
      throw RefusedException.invalidRequest("post_logout_redirect_uri is not registered");
    }
  }

  private void end(JWTClaimsSet hint, ClientRegistration client) {
    if (hint.getClaim("sid") instanceof String sid) {
      logins.end(sid).ifPresent(login -> backChannel.tell(client, sid, login.sub()));
    }
  }

  private static ResponseEntity<String> redirect(Map<String, String> parameters) {
    var uri = parameters.getOrDefault("post_logout_redirect_uri", "");
    var state = parameters.get("state");
    var location =
        state == null
            ? uri
            : uri
                + (uri.contains("?") ? "&" : "?")
                + "state="
                + URLEncoder.encode(state, StandardCharsets.UTF_8);
    return ResponseEntity.status(HttpStatus.FOUND)
        .header(HttpHeaders.LOCATION, location)
        .cacheControl(CacheControl.noStore())
        .build();
  }

  private ResponseEntity<String> show(HttpStatus status, String heading, String message) {
    return page.with("heading", heading)
        .with("message", message)
        .within(layout.with("title", heading))
        .answer(status, new HttpHeaders());
  }
}
