package io.gatehouse.standin.control;

import io.gatehouse.standin.api.Offerings;
import io.gatehouse.standin.config.ClientRegistration;
import io.gatehouse.standin.key.SigningKey;
import io.gatehouse.standin.state.Calls;
import io.gatehouse.standin.state.Clients;
import io.gatehouse.standin.state.LastTokenRequest;
import io.gatehouse.standin.trouble.ApiTrouble;
import io.gatehouse.standin.trouble.RefreshTrouble;
import io.gatehouse.standin.trouble.Script;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Control API for tests: reports past calls and changes the behavior of later ones. The stand-in
 * listens on loopback only.
 */
@RestController
@RequestMapping("/standin")
final class ControlEndpoint {

  private final Calls calls;
  private final Clients clients;
  private final SigningKey key;
  private final LastTokenRequest lastTokenRequest;
  private final Offerings offerings;
  private final Script<RefreshTrouble> refreshTrouble;
  private final Script<ApiTrouble> apiTrouble;

  ControlEndpoint(
      Calls calls,
      Clients clients,
      SigningKey key,
      LastTokenRequest lastTokenRequest,
      Offerings offerings,
      Script<RefreshTrouble> refreshTrouble,
      Script<ApiTrouble> apiTrouble) {
    this.calls = calls;
    this.clients = clients;
    this.key = key;
    this.lastTokenRequest = lastTokenRequest;
    this.offerings = offerings;
    this.refreshTrouble = refreshTrouble;
    this.apiTrouble = apiTrouble;
  }

  @GetMapping("/calls")
  Map<String, Object> calls() {
    return calls.report();
  }

  @GetMapping("/last-token-request")
  Map<String, Object> lastTokenRequest() {
    return lastTokenRequest.report();
  }

  @PostMapping("/reset")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void reset() {
    calls.reset();
    offerings.reset();
    refreshTrouble.reset();
    apiTrouble.reset();
  }

  @PostMapping("/clients")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void register(@RequestBody ClientRegistration registration) {
    clients.put(registration);
  }

  @PostMapping("/rotate")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void rotate() {
    key.rotate();
  }

  @PostMapping("/refresh-trouble")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void refreshTrouble(
      @RequestParam(name = "kind", defaultValue = "") String kind,
      @RequestParam(name = "times", required = false) @Nullable Integer times) {
    refreshTrouble.play(RefreshTrouble.of(kind), times);
  }

  @PostMapping("/api-trouble")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void apiTrouble(
      @RequestParam(name = "kind", defaultValue = "") String kind,
      @RequestParam(name = "times", required = false) @Nullable Integer times) {
    apiTrouble.play(ApiTrouble.of(kind), times);
  }
}
