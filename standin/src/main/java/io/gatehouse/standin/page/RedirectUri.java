package io.gatehouse.standin.page;

import io.gatehouse.standin.state.Login;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * Answers that send the browser back to the client. The state is returned as it came, unencoded.
 */
public final class RedirectUri {

  private RedirectUri() {}

  public static ResponseEntity<String> code(Login login, String code) {
    return found(answered(login, "code=" + code));
  }

  public static ResponseEntity<String> error(Login login, String error, String description) {
    return found(answered(login, "error=" + error + "&error_description=" + description));
  }

  /** Sends the browser to the registered {@code url}, without any parameter. */
  public static ResponseEntity<String> home(Login login) {
    var url = login.client().url();
    return found(url == null ? login.redirectUri() : url);
  }

  private static String answered(Login login, String parameters) {
    var uri = login.redirectUri();
    var join = uri.contains("?") ? "&" : "?";
    return uri + join + parameters + "&state=" + login.state();
  }

  private static ResponseEntity<String> found(String location) {
    return ResponseEntity.status(HttpStatus.FOUND)
        .header(HttpHeaders.LOCATION, location)
        .cacheControl(CacheControl.noStore())
        .build();
  }
}
