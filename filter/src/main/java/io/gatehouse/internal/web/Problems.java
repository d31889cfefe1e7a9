package io.gatehouse.internal.web;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.message.PlainText;
import io.gatehouse.internal.observability.BoundedLog;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.server.LoginFailedException;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reports a problem to the browser and its reason to the log, under the same id: a page for people,
 * {@code application/problem+json} (RFC 9457) for programs. The response repeats nothing of the
 * request.
 */
public final class Problems {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final String ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"; // easy to read out

  private final PublicUrl publicUrl;
  private final String loginPath;
  private final BoundedLog log;
  private final EventRecorder recorder;
  private final SecureRandom random;

  /**
   * Creates the responses.
   *
   * @param loginPath the path within the application at which a login starts
   */
  public Problems(
      PublicUrl publicUrl,
      String loginPath,
      BoundedLog log,
      EventRecorder recorder,
      SecureRandom random) {
    this.publicUrl = publicUrl;
    this.loginPath = loginPath;
    this.log = log;
    this.recorder = recorder;
    this.random = random;
  }

  /** Returns the address at which a login starts: the link of nearly every problem page. */
  public String loginUrl(HttpServletRequest request) {
    return publicUrl.of(request).orElse(request.getContextPath()) + loginPath;
  }

  /** Answers with a login's failure; the link starts a new login. */
  public void send(
      HttpServletRequest request, HttpServletResponse response, LoginFailedException failure)
      throws IOException {
    send(request, response, failure, loginUrl(request));
  }

  /**
   * Answers with a login's failure.
   *
   * @param link the target of the link; an empty text for the same page again
   */
  public void send(
      HttpServletRequest request,
      HttpServletResponse response,
      LoginFailedException failure,
      String link)
      throws IOException {
    send(
        request,
        response,
        Problem.of(failure.failure()),
        failure.reason(),
        failure.retryAfter(),
        link);
  }

  /** Answers with a problem; the link starts a new login. */
  public void send(
      HttpServletRequest request, HttpServletResponse response, Problem problem, String reason)
      throws IOException {
    send(request, response, problem, reason, Optional.empty(), loginUrl(request));
  }

  // The reason is for the log, and contains no secret.
  private void send(
      HttpServletRequest request,
      HttpServletResponse response,
      Problem problem,
      String reason,
      Optional<Duration> retryAfter,
      String link)
      throws IOException {
    var id = newId();
    log.addOf(
        problem.code(),
        problem.isForOperators() ? Logger.Level.WARNING : Logger.Level.INFO,
        "[%s] %s %s: %s",
        id,
        problem.code(),
        problem.key(),
        reason);
    recorder.refused(Optional.of(id), problem.key(), PlainText.of(reason), request);
    if (problem == Problem.UNAVAILABLE) {
      response.setHeader("Retry-After", String.valueOf(retryAfter.orElse(SOON).toSeconds()));
    }
    if (problem == Problem.UNAVAILABLE && Navigation.wantsEvents(request)) {
      sendEmptyStream(response, retryAfter.orElse(SOON));
    } else if (Navigation.wantsPage(request)) {
      setChallenge(response, problem);
      var linkKey =
          switch (problem) {
            case UNAVAILABLE -> "action.retry";
            // The user is logged in already, so the link leads into the application.
            case ROLE_MISSING, FORBIDDEN -> "action.start";
            default -> "action.login";
          };
      new Page(problem.key(), Optional.of(link), linkKey, Optional.of(id))
          .send(request, response, problem.status());
    } else {
      sendJson(response, problem, "instance", "urn:gatehouse:incident:" + id);
    }
  }

  /**
   * Answers that the authorization server cannot be reached; the link repeats the request for the
   * same page.
   */
  public void sendUnavailable(
      HttpServletRequest request, HttpServletResponse response, ServerUnavailableException down)
      throws IOException {
    var reason = Objects.requireNonNullElse(down.getMessage(), "the server cannot be reached");
    send(request, response, Problem.UNAVAILABLE, reason, Optional.of(down.retryAfter()), "");
  }

  /** Answers a path that is ambiguous. */
  public void sendAmbiguous(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    send(request, response, Problem.INVALID_REQUEST, "a path that could be read in two ways");
  }

  /**
   * Answers that the user lacks the role that the page requires.
   *
   * @param rules the rules that require it
   * @param link the target of the link
   */
  public void sendRoleMissing(
      HttpServletRequest request, HttpServletResponse response, List<String> rules, String link)
      throws IOException {
    var reason =
        "the user has no role that gatehouse.required-roles asks for here ("
            + String.join(", ", rules)
            + ")";
    send(request, response, Problem.ROLE_MISSING, reason, Optional.empty(), link);
  }

  /**
   * Tells a program that its user has to log in in another way, by opening the page itself. The
   * response resembles RFC 9470 section 3, whose challenge is for access tokens.
   */
  public void sendStepUpNeeded(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    recorder.refused(
        Optional.empty(),
        Problem.STEP_UP_NEEDED.key(),
        "a program's user has to log in in another way, by opening the page",
        request);
    sendLogin(request, response, Problem.STEP_UP_NEEDED);
  }

  /**
   * Tells a program that a user has to log in, and at which address (RFC 9110 section 15.5.2). The
   * response is no failure, so it has no id and is not logged.
   */
  public void sendLoginNeeded(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    sendLogin(request, response, Problem.LOGIN_REQUIRED);
  }

  // In a frame a page is shown, whose link begins the login in the whole window.
  private void sendLogin(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (Navigation.isInFrame(request) && Navigation.wantsPage(request)) {
      setChallenge(response, problem);
      Page.inFrame(problem.key()).send(request, response, problem.status());
    } else {
      sendJson(response, problem, "login", loginUrl(request));
    }
  }

  // An EventSource gives up for good at any other status, but connects again after a stream that
  // ends (HTML, Server-sent events, section 9.2.3).
  private static void sendEmptyStream(HttpServletResponse response, Duration retryAfter)
      throws IOException {
    var bytes = ("retry: " + retryAfter.toMillis() + "\n\n").getBytes(StandardCharsets.US_ASCII);
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream");
    SafeHeaders.set(response);
    Body.send(response, bytes);
  }

  private static void sendJson(
      HttpServletResponse response, Problem problem, String member, String value)
      throws IOException {
    var json =
        Json.createObjectBuilder()
            .add("type", "urn:gatehouse:problem:" + problem.key())
            .add("title", problem.key().replace('-', ' '))
            .add("status", problem.status())
            .add(member, value);
    var bytes = json.build().toString().getBytes(StandardCharsets.UTF_8);
    setChallenge(response, problem);
    response.setStatus(problem.status());
    response.setContentType("application/problem+json");
    SafeHeaders.set(response);
    Body.send(response, bytes);
  }

  // RFC 9110 11.6.1 requires a challenge with every 401; no registered scheme describes a login by
  // session cookie.
  private static void setChallenge(HttpServletResponse response, Problem problem) {
    if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Cookie realm=\"gatehouse\"");
    }
  }

  private String newId() {
    var id = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
    }
    return id.toString();
  }
}
