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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The audit log, {@code io.gatehouse.audit}: one JSON object per line for every login, refusal,
 * refresh and logout, with the fields that docs/observability.md lists. The audit log never
 * contains a token, code, state or secret.
 */
public final class AuditLog {
  public static final String NAME = "io.gatehouse.audit";

  // Characters that JSON leaves unescaped, although they end a line or control a terminal.
  private static final Pattern OTHER_CONTROLS = Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029]");

  private static final Logger LOG = System.getLogger(NAME);

  private final Optional<String> filter;
  private final String issuer;
  private final Clock clock;
  // Grows no further than the number of reasons, which the code fixes.
  private final Map<String, LineBudget> refusals = new ConcurrentHashMap<>();
  private final LineBudget unguarded;

  /**
   * Creates the audit log.
   *
   * @param filter the name of the filter, if the application has several
   */
  public AuditLog(Optional<String> filter, String issuer, Clock clock) {
    this.filter = filter;
    this.issuer = issuer;
    this.clock = clock;
    this.unguarded = new LineBudget(clock);
  }

  /** Records a login that succeeded; its user has a session. */
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
   * Records a refusal. Outsiders can cause refusals at will, so after a burst of one reason one
   * line a second is written, with the number of suppressed lines before it.
   *
   * @param id the id on the user's page; empty if no page was shown
   * @param reason a code
   * @param detail the violated rule or the fault
   */
  public void refusal(
      Optional<String> id, String reason, String detail, HttpServletRequest request) {
    if (!isOn()) {
      return;
    }
    var leftOut = refusals.computeIfAbsent(reason, it -> new LineBudget(clock)).take();
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
   * Records a request that bypassed the filter.
   *
   * @param detail the request's method and what answered it
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
   * Records an attempt to renew the tokens of a session.
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

  /** Records the end of a session. */
  void logout(AuditedSession session, LogoutEvent.Cause cause) {
    if (isOn()) {
      write(ofSession("logout", session).add("cause", cause.name().toLowerCase(Locale.ROOT)));
    }
  }

  // A container has no address for a Unix domain socket, or once the connection is closed.
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
