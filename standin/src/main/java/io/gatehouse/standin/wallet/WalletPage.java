package io.gatehouse.standin.wallet;

import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.page.Page;
import io.gatehouse.standin.state.Login;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** The login page that represents the wallet: one form, with a button for each person. */
public final class WalletPage {

  private final Page layout = Page.load("layout.html");
  private final Page wallet = Page.load("wallet.html");
  private final Page person = Page.load("person.html");
  private final People people;
  private final Issuer issuer;
  private final Duration timeout;

  public WalletPage(People people, Issuer issuer, Duration timeout) {
    this.people = people;
    this.issuer = issuer;
    this.timeout = timeout;
  }

  public ResponseEntity<String> answer(String loginId, Login login) {
    var headers = new HttpHeaders();
    // The page leaves by itself at the timeout.
    headers.set(
        "Refresh", timeout.toSeconds() + "; url=" + issuer.url("/wallet/timeout?login=" + loginId));
    return page(loginId, login).answer(headers);
  }

  private Page page(String loginId, Login login) {
    var buttons = Page.empty();
    for (var one : people.all()) {
      buttons =
          buttons.and(
              person.with(Map.of("id", one.id(), "role", one.role(), "name", one.fullName())));
    }
    var application = login.client().url() == null ? login.redirectUri() : login.client().url();
    // The people go in last, so that no text of the request is read as a placeholder.
    return buttons
        .within(
            wallet.with(
                Map.of(
                    "action",
                    issuer.url("/wallet"),
                    "seconds",
                    String.valueOf(timeout.toSeconds()),
                    "login",
                    loginId,
                    "application",
                    application)))
        .within(layout.with("title", "Present your credential"));
  }
}
