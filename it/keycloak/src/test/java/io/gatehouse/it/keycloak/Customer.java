package io.gatehouse.it.keycloak;

import io.gatehouse.it.servers.Browser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A person with an account at Keycloak, at a browser. */
record Customer(Realm.Account account, Browser browser) {
  private static final Pattern LOGIN_FORM =
      Pattern.compile("<form id=\"kc-form-login\"[^>]* action=\"([^\"]+)\"");

  Customer(Realm.Account account) {
    this(account, new Browser());
  }

  static boolean isLoginForm(HttpResponse<String> answer) {
    return LOGIN_FORM.matcher(answer.body()).find();
  }

  /**
   * Fills in Keycloak's form.
   *
   * @return the redirect back to the application, or Keycloak's own page
   */
  HttpResponse<String> enterPassword(HttpResponse<String> loginForm) {
    var action = LOGIN_FORM.matcher(loginForm.body());
    if (!action.find()) {
      throw new IllegalStateException(
          "no login form, but " + loginForm.statusCode() + ": " + loginForm.body());
    }
    return browser.send(
        "POST",
        URI.create(action.group(1).replace("&amp;", "&")),
        "username=%s&password=%s".formatted(account.username(), encoded(Realm.PASSWORD)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Returns whether the page is shown, instead of the redirect to Keycloak; any other answer is a
   * fault.
   */
  boolean isLoggedIn(URI page, Realm realm) {
    var answer = browser.get(page);
    if (answer.statusCode() == 302
        && Browser.location(answer).toString().startsWith(realm.issuer())) {
      return false;
    }
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
    return true;
  }

  /** Performs the whole login at a page. */
  HttpResponse<String> logIn(URI page) {
    return browser.follow(enterPassword(browser.open(page)));
  }
}
