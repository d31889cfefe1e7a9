package io.gatehouse.standin.page;

import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.request.RefusedException;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The authorization server's own error page, which receives nearly every error instead of the
 * redirect_uri.
 */
@Controller
public final class ErrorPage {

  static final String PATH = "/client-error";

  private final Page layout = Page.load("layout.html");
  private final Page error = Page.load("error.html");
  private final Issuer issuer;

  ErrorPage(Issuer issuer) {
    this.issuer = issuer;
  }

  public ResponseEntity<String> redirect(RefusedException refused) {
    var location =
        UriComponentsBuilder.fromUriString(issuer.url(PATH))
            .queryParam("errorCode", "{code}")
            .queryParam("errorMessage", "{message}")
            .encode()
            .buildAndExpand(refused.error(), refused.description())
            .toUri();
    return redirect(location);
  }

  private static ResponseEntity<String> redirect(URI location) {
    return ResponseEntity.status(HttpStatus.FOUND).location(location).build();
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(
      @RequestParam(name = "errorCode", defaultValue = "") String errorCode,
      @RequestParam(name = "errorMessage", defaultValue = "") String errorMessage) {
    return error
        .with("code", errorCode)
        .with("message", errorMessage)
        .within(layout.with("title", "Login not possible"))
        .answer();
  }
}
