package io.gatehouse.cli;

import io.gatehouse.filter.ConfiguredApplication;
import io.gatehouse.protocol.Endpoint;
import java.util.regex.Pattern;

/**
 * Begins a log-in as a browser does (OpenID Connect Core 1.0 section 3.1.2.1), and sees whether the
 * server asks who the user is. It fetches the request object from the application to know.
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
    var base = application.backendUrl().or(application::publicUrl).orElseThrow();
    var login = application.tryLogin(base);
    var address = login.authorization().apply(found.metadata().at(Endpoint.AUTHORIZATION));
    try {
      judge(web.get(address, "text/html"));
    } catch (UnreachableException e) {
      findings.fail("log-in", "no answer to its beginning: " + e.reason(), "");
    }
  }

  private void judge(WebAnswer answer) {
    var error = ERROR.matcher(answer.header("Location"));
    if (answer.status() >= 300 && answer.status() < 400 && error.find()) {
      fail("ends with " + error.group(1) + ", by " + answer.inShort());
    } else if (answer.status() >= 400) {
      fail("is refused: " + answer.inShort());
    } else {
      findings.ok("log-in", "the server fetches the request object and asks who the user is");
    }
  }

  private void fail(String text) {
    findings.fail(
        "log-in",
        text,
        "Compare the client at the server with what `register` writes, the redirect URI and the"
            + " request URIs above all; can the server reach the application? Its log has the"
            + " reason");
  }
}
