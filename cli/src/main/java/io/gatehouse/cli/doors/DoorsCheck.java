package io.gatehouse.cli.doors;

import io.gatehouse.cli.http.ApplicationUrl;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.output.CannotDoException;
import io.gatehouse.cli.output.Findings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A check of a deployed application from outside, without a session: no way in may be open if the
 * plain request asks for a login.
 */
public final class DoorsCheck {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int MAX_PATHS =
      3; // keeps the number of requests below Stranger.MAX_REQUESTS
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~@!$&'()*+,=:-]+)+/?");
  private static final Pattern DOTS = Pattern.compile("/[.]{1,2}(/|$)");

  private final ApplicationUrl application;
  private final List<String> paths;
  private final String keysPath;
  private final Findings findings;

  /** A way in, which is tried by comparison with plain requests. */
  private interface Door {
    void run(Ground ground) throws UnreachableException;
  }

  /**
   * Creates the check without a request.
   *
   * @param url the address of the application
   * @param paths guarded paths within the application
   * @param ownPath {@code gatehouse.path}, if it is known
   * @throws CannotDoException if the address or a path cannot be tried
   */
  public DoorsCheck(String url, List<String> paths, Optional<String> ownPath, Findings findings) {
    this.application = ApplicationUrl.parse(url);
    this.paths = paths.stream().distinct().toList();
    this.keysPath = ownPath.orElse("/gatehouse") + "/jwks";
    this.findings = findings;
    if (this.paths.size() > MAX_PATHS) {
      throw new CannotDoException(
          "--path can be given %d times: a check makes at most %d requests"
              .formatted(MAX_PATHS, Stranger.MAX_REQUESTS));
    }
    for (var path : paths) {
      if (!PATH.matcher(path).matches() || DOTS.matcher(path).find()) {
        throw new CannotDoException(
            "--path must be a path within the application, such as /ws/chat, without its context"
                + " path, dots, query and encoded characters");
      }
    }
  }

  public void run() {
    var stranger = new Stranger(application, DEADLINE, new SecureRandom());
    try {
      var ground = new GuardDoor(stranger, keysPath, findings).run(paths);
      if (ground.guarded().isEmpty()) {
        findings.warn(
            "other doors",
            "not tried, since no path asks for a login",
            "Correct the findings above, and check again");
        return;
      }
      run("WebSocket", new WebSocketDoor(stranger, findings)::run, ground);
      run("HTTP/2", new Http2Door(stranger, findings)::run, ground);
      run("paths that leave the context", new DetourDoor(stranger, findings)::run, ground);
      run("spellings of a path", new SpellingDoor(stranger, findings)::run, ground);
      run("methods", new MethodDoor(stranger, findings)::run, ground);
    } catch (UnreachableException e) {
      findings.fail(
          "guard",
          "the application does not answer as it should: " + e.reason(),
          e.isAboutTls()
              ? "Check the port and the certificate; for an authority of your own, run the command"
                  + " by java -Djavax.net.ssl.trustStore=FILE -jar"
              : "Start the application, or correct --application; look in the server's log");
    }
  }

  private void run(String subject, Door door, Ground ground) {
    try {
      door.run(ground);
    } catch (UnreachableException e) {
      findings.fail(
          subject,
          "not checked to the end: " + e.reason(),
          "Look in the logs of the server and of a proxy before it, and check again");
    }
  }
}
