package io.gatehouse.internal.observability;

import io.gatehouse.LogoutEvent;
import io.gatehouse.internal.protocol.Client;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The audit log, {@code io.gatehouse.audit}: one JSON object a line for every log-in, refusal,
 * refresh and log-out, with the fields that docs/observability.md names. No token, code, state or
 * secret is ever in it.
 */
public final class AuditLog {
  public static final String NAME = "io.gatehouse.audit";

  // Those that JSON leaves as they are, and that end a line, or steer a terminal, all the same.
  private static final Pattern OTHER_CONTROLS = Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029]");

  private static final Logger LOG = System.getLogger(NAME);

  private final Optional<String> filter;
  private final String issuer;
  private final Clock clock;
  private final LineBudget refusals;
  private final LineBudget unguarded;

  /**
   * @param filter its name, if the application has several
   */
  public AuditLog(Optional<String> filter, String issuer, Clock clock) {
    this.filter = filter;
    this.issuer = issuer;
    this.clock = clock;
    this.refusals = new LineBudget(clock);
    this.unguarded = new LineBudget(clock);
  }

  /** A log-in ended well, and its user has a session. */
  void login(AuditedSession session, Client client, HttpServletRequest request, Duration took) {
    if (isOn()) {
      write(
          ofSession("login", session)
              .add("client_id", client.clientId())
              .add("client_address", address(request))
              .add("duration_ms", took.toMillis()));
    }
  }

  /**
   * Somebody was refused. Others can cause that as often as they like, so after a burst one line a
   * second is written, and says how many were left out before it.
   *
   * @param id the one on the user's page; empty if nobody was shown one
   * @param reason a code
   * @param detail the rule that was broken or the fault that was met
   */
  public void refusal(
      Optional<String> id, String reason, String detail, HttpServletRequest request) {
    if (!isOn()) {
      return;
    }
    var leftOut = refusals.take();
    if (leftOut < 0) {
      return;
    }
    var line = line("refusal").add("reason", reason).add("detail", detail);
    id.ifPresent(it -> line.add("id", it));
    line.add("client_address", address(request));
    if (leftOut > 0) {
      line.add("left_out", leftOut);
    }
    write(line);
  }

  /**
   * A request went past the filter.
   *
   * @param detail its method and what has answered it
   */
  void unguarded(String detail, HttpServletRequest request) {
    if (!isOn()) {
      return;
    }
    var leftOut = unguarded.take();
    if (leftOut < 0) {
      return;
    }
    var line = line("unguarded").add("detail", detail).add("client_address", address(request));
    if (leftOut > 0) {
      line.add("left_out", leftOut);
    }
    write(line);
  }

  /**
   * The server was asked to renew the tokens of a session.
   *
   * @param outcome a code
   */
  void refresh(AuditedSession session, Client client, String outcome) {
    if (isOn()) {
      write(
          ofSession("refresh", session)
              .add("client_id", client.clientId())
              .add("outcome", outcome));
    }
  }

  /** A session was ended. */
  void logout(AuditedSession session, LogoutEvent.Cause cause) {
    if (isOn()) {
      write(ofSession("logout", session).add("cause", cause.name().toLowerCase(Locale.ROOT)));
    }
  }

  // A container has none for a socket of the Unix domain, or once the connection is gone.
  private static String address(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getRemoteAddr(), "");
  }

  private static boolean isOn() {
    return LOG.isLoggable(Logger.Level.INFO);
  }

  private JsonObjectBuilder ofSession(String event, AuditedSession session) {
    return line(event).add("sub", session.subject()).add("session", session.name());
  }

  private JsonObjectBuilder line(String event) {
    var line =
        Json.createObjectBuilder()
            .add("time", clock.instant().toString())
            .add("event", event)
            .add("issuer", issuer);
    filter.ifPresent(it -> line.add("filter", it));
    return line;
  }

  private static void write(JsonObjectBuilder line) {
    var json = line.build().toString();
    LOG.log(Logger.Level.INFO, OTHER_CONTROLS.matcher(json).replaceAll(AuditLog::escaped));
  }

  private static String escaped(MatchResult control) {
    return "\\\\u%04x".formatted((int) control.group().charAt(0));
  }
}
