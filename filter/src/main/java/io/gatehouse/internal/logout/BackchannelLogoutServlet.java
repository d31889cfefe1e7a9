package io.gatehouse.internal.logout;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.observability.RareWarning;
import io.gatehouse.internal.protocol.EndedSessions;
import io.gatehouse.internal.protocol.LogoutTokenVerifier;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.Parameters;
import io.gatehouse.internal.session.OpenResources;
import io.gatehouse.internal.web.Body;
import io.gatehouse.internal.web.BoundedBodies;
import io.gatehouse.internal.web.Methods;
import io.gatehouse.internal.web.SafeHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The endpoint at which the authorization server reports that a session has ended (OpenID Connect
 * Back-Channel Logout 1.0 section 2.5). The endpoint is public, since the authorization server has
 * no cookie: the signature of the logout token authenticates the request. The session itself, on
 * whichever node, ends at its next request, or soon if it has anything open.
 */
public final class BackchannelLogoutServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int MAX_BYTES = 128 * 1024; // twice the maximum token length
  private static final Duration SOON = Duration.ofSeconds(5);

  private final transient LogoutTokenVerifier logoutTokens;
  private final transient EndedSessions endedSessions;
  private final transient OpenResources openResources;
  private final transient EventRecorder recorder;
  private final transient BoundedBodies bodies = new BoundedBodies();
  private final transient RareWarning refused;
  private final transient RareWarning postponed;

  public BackchannelLogoutServlet(
      LogoutTokenVerifier logoutTokens,
      EndedSessions endedSessions,
      OpenResources openResources,
      EventRecorder recorder,
      Clock clock) {
    this.logoutTokens = logoutTokens;
    this.endedSessions = endedSessions;
    this.openResources = openResources;
    this.recorder = recorder;
    this.refused = new RareWarning(clock);
    this.postponed = new RareWarning(clock);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("POST"), request, response)) {
      return;
    }
    SafeHeaders.set(response);
    try {
      var form = form(request);
      if (form.isEmpty()) {
        response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        return;
      }
      endedSessions.end(logoutTokens.verify(logoutToken(request, form.get())));
      openResources.lookNow();
      response.setStatus(HttpServletResponse.SC_OK); // also for an unknown session (2.8)
    } catch (LoginFailedException e) {
      if (e.failure() == Failure.INVALID_REQUEST) {
        recorder.refused(Optional.empty(), "logout-token", e.reason(), request);
        refuse(response, e.reason());
      } else {
        postpone(response, e.reason(), e.retryAfter().orElse(SOON));
      }
    } catch (ServerUnavailableException e) {
      postpone(response, "the shared cache cannot be reached", e.retryAfter());
    }
  }

  // Reads the body directly: a container's parameters include those of the query.
  private Optional<String> form(HttpServletRequest request)
      throws IOException, LoginFailedException {
    var type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("").split(";", 2)[0];
    if (!type.strip().toLowerCase(Locale.ROOT).equals("application/x-www-form-urlencoded")) {
      throw invalid("Content-Type is not application/x-www-form-urlencoded (section 2.5)");
    }
    return bodies.read(request, MAX_BYTES).map(it -> new String(it, StandardCharsets.UTF_8));
  }

  private static String logoutToken(HttpServletRequest request, String form)
      throws LoginFailedException {
    var query = Optional.ofNullable(request.getQueryString()).orElse("");
    if (Parameters.parse(query).map(it -> it.has("logout_token")).orElse(true)) {
      throw invalid("logout_token is in the query, or that cannot be read (section 2.5)");
    }
    return Parameters.parse(form)
        .flatMap(it -> it.once("logout_token"))
        .orElseThrow(
            () ->
                invalid(
                    "the body does not have logout_token once (section 2.5),"
                        + " or another filter has read it before"));
  }

  private static LoginFailedException invalid(String reason) {
    return new LoginFailedException(Failure.INVALID_REQUEST, reason);
  }

  // Anyone can send refused requests, so they must not fill the log.
  private void refuse(HttpServletResponse response, String reason) throws IOException {
    refused.log(Warnings.LOGOUT_REFUSED, reason);
    var bytes = "{\"error\":\"invalid_request\"}".getBytes(StandardCharsets.US_ASCII);
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST); // section 2.8
    response.setContentType("application/json");
    Body.send(response, bytes);
  }

  private void postpone(HttpServletResponse response, String reason, Duration retryAfter) {
    postponed.log(Warnings.LOGOUT_POSTPONED, reason);
    response.setHeader("Retry-After", String.valueOf(retryAfter.toSeconds()));
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }
}
