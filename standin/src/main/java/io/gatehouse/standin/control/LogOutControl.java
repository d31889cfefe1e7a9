package io.gatehouse.standin.control;

import io.gatehouse.standin.backchannel.BackChannel;
import io.gatehouse.standin.backchannel.LogoutTokens;
import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.state.Clients;
import io.gatehouse.standin.state.LiveLogins;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Control API for logout: ends logins on behalf of the authorization server, and signs logout
 * tokens with arbitrary content.
 */
@RestController
@RequestMapping("/standin")
final class LogOutControl {

  private final boolean works;
  private final Clients clients;
  private final LiveLogins logins;
  private final LogoutTokens tokens;
  private final BackChannel backChannel;

  LogOutControl(
      Settings settings,
      Clients clients,
      LiveLogins logins,
      LogoutTokens tokens,
      BackChannel backChannel) {
    this.works = settings.logOut();
    this.clients = clients;
    this.logins = logins;
    this.tokens = tokens;
    this.backChannel = backChannel;
  }

  @GetMapping("/logins")
  List<LiveLogins.LiveLogin> logins() {
    return logins.all();
  }

  @PostMapping("/logout")
  Map<String, Integer> logOut(
      @RequestParam(name = "client", defaultValue = "") String clientId,
      @RequestParam(name = "sid", required = false) @Nullable String sid,
      @RequestParam(name = "sub", required = false) @Nullable String sub) {
    if (!works) {
      throw new IllegalArgumentException("standin.log-out is off");
    }
    var client =
        clients
            .find(clientId)
            .orElseThrow(() -> new IllegalArgumentException("client is not known"));
    if (sid != null) {
      logins.end(sid);
    } else if (sub != null) {
      logins.endAll(clientId, sub);
    } else {
      throw new IllegalArgumentException("sid or sub is missing");
    }
    return Map.of("status", backChannel.tell(client, sid, sub));
  }

  @PostMapping(path = "/logout-token", produces = MediaType.TEXT_PLAIN_VALUE)
  String logoutToken(@RequestBody LogoutTokens.Wanted wanted) {
    return tokens.wrong(wanted);
  }
}
