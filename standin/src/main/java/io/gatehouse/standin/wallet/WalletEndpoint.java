package io.gatehouse.standin.wallet;

import io.gatehouse.standin.config.Line;
import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.page.ErrorPage;
import io.gatehouse.standin.page.RedirectUri;
import io.gatehouse.standin.request.RefusedException;
import io.gatehouse.standin.state.AuthorizationCodes;
import io.gatehouse.standin.state.Login;
import io.gatehouse.standin.state.PendingLogins;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Receives the person's choice on the wallet page, or the timeout of the page. */
@Controller
public final class WalletEndpoint {

  private final People people;
  private final PendingLogins logins;
  private final AuthorizationCodes codes;
  private final ErrorPage errorPage;
  private final Line line;

  WalletEndpoint(
      Settings settings,
      People people,
      PendingLogins logins,
      AuthorizationCodes codes,
      ErrorPage errorPage) {
    this.line = settings.verifier();
    this.people = people;
    this.logins = logins;
    this.codes = codes;
    this.errorPage = errorPage;
  }

  @PostMapping("/wallet")
  ResponseEntity<String> present(
      @RequestParam(name = "login", defaultValue = "") String login,
      @RequestParam(name = "person", defaultValue = "") String person) {
    var chosen = people.find(person);
    var pending = logins.take(login);
    if (chosen.isEmpty() || pending.isEmpty()) {
      return errorPage.redirect(RefusedException.invalidRequest("this login is over"));
    }
    if (logins.expired(pending.get())) {
      return timedOut(pending.get());
    }
    if (chosen.get().credentialIsRevoked()) {
      return refused(pending.get());
    }
    return RedirectUri.code(pending.get(), codes.issue(pending.get(), chosen.get()));
  }

  /** Ends the login at its timeout; the page comes here by itself. */
  @GetMapping("/wallet/timeout")
  ResponseEntity<String> timeout(@RequestParam(name = "login", defaultValue = "") String login) {
    return logins
        .take(login)
        .map(this::timedOut)
        .orElseGet(() -> errorPage.redirect(RefusedException.invalidRequest("this login is over")));
  }

  private ResponseEntity<String> timedOut(Login login) {
    return line.errorsReachRedirectUri()
        ? RedirectUri.error(login, "access_denied", "login_timeout")
        : RedirectUri.home(login);
  }

  private ResponseEntity<String> refused(Login login) {
    return line.errorsReachRedirectUri()
        ? RedirectUri.error(login, "access_denied", "credential_refused")
        : errorPage.redirect(new RefusedException("access_denied", "the credential is revoked"));
  }
}
