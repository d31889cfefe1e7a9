package io.gatehouse.cli.check;

import io.gatehouse.cli.config.ConfiguredApplication;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.Web;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;
import io.gatehouse.internal.server.LoginFailedException;
import java.util.regex.Pattern;

/**
 * Begins a login as a browser does (OpenID Connect Core 1.0 section 3.1.2.1), and checks that the
 * authorization server asks who the user is. In the mode {@code hosted}, the authorization server
 * fetches a request object from the application.
 */
final class AuthorizationCheck {
  private static final Pattern ERROR = Pattern.compile("[?&#](error[A-Za-z_]*=[^&]*)");

  private final ConfiguredApplication application;
  private final Web web;
  private final Findings findings;

  AuthorizationCheck(ConfiguredApplication application, Web web, Findings findings) {
    this.application = application;
    this.web = web;
    this.findings = findings;
  }

  void run(ServerCheck.Found found) {
    try {
      judge(web.get(application.client().beginLogin(found.server(), found.calls()), "text/html"));
    } catch (LoginFailedException e) {
      fail("cannot begin: " + e.reason());
    } catch (UnreachableException e) {
      findings.fail("login", "no answer to its beginning: " + e.reason(), "");
    }
  }

  private void judge(WebAnswer answer) {
    var error = ERROR.matcher(answer.header("Location"));
    if (answer.status() >= 300 && answer.status() < 400 && error.find()) {
      fail("ends with " + error.group(1) + ", by " + answer.inShort());
    } else if (answer.status() >= 400) {
      fail("is refused: " + answer.inShort());
    } else {
      findings.ok(
          "login",
          "the server takes a request (%s) and asks who the user is"
              .formatted(application.requestMode()));
    }
  }

  private void fail(String text) {
    findings.fail(
        "login",
        text,
        "Compare the client at the server with what `register` writes, the redirect URI and the"
            + " request URIs above all; can the server reach the application? Its log has the"
            + " reason");
  }
}
