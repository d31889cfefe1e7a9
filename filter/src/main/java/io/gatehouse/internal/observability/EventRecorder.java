package io.gatehouse.internal.observability;

import io.gatehouse.LogoutEvent;
import io.gatehouse.internal.protocol.Client;
import io.gatehouse.internal.protocol.PendingLogin;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens to log-ins and sessions, told to all who watch: the audit log, and metrics and
 * traces. Its names are documented in docs/observability.md.
 */
public final class EventRecorder {
  private final AuditLog audit;
  private final Telemetry telemetry;
  private final boolean hosted;
  private final ObjectFetches fetches;
  private final RareWarning unguarded;
  private final Clock clock;

  /**
   * @param hosted whether the server fetches request objects from us
   */
  public EventRecorder(AuditLog audit, Telemetry telemetry, boolean hosted, Clock clock) {
    this.hosted = hosted;
    this.audit = audit;
    this.telemetry = telemetry;
    this.fetches = new ObjectFetches(clock);
    this.unguarded = new RareWarning(clock);
    this.clock = clock;
    if (hosted) {
      telemetry.show("gatehouse.request_object.unfetched", "{login}", fetches::unfetched);
    }
  }

  public Telemetry telemetry() {
    return telemetry;
  }

  /** A call to the server has ended. */
  public void called(String endpoint, String outcome, Duration took) {
    telemetry.took("gatehouse.server.call.duration", took, endpoint, outcome);
  }

  /** A browser is sent to the server to log in. */
  public void begun() {
    telemetry.count("gatehouse.login.begun");
    if (hosted) {
      fetches.issued();
    }
  }

  /** A request object was asked for, by its handle. */
  public void fetched() {
    telemetry.count("gatehouse.request_object.fetches", "outcome", "served");
    fetches.fetched();
  }

  /** A request object was asked for by what is no handle of a log-in that lives. */
  public void notFetched() {
    telemetry.count("gatehouse.request_object.fetches", "outcome", "refused");
    fetches.refused();
  }

  /** A log-in ended well. */
  public void loggedIn(PendingLogin login, AuditedSession session, HttpServletRequest request) {
    var took = Duration.between(login.begun(), clock.instant());
    telemetry.count("gatehouse.login.ended");
    telemetry.took("gatehouse.login.duration", took);
    audit.login(session, login.client(), request, took);
  }

  /**
   * Somebody was refused.
   *
   * @param id the one on the page that they were shown; empty if they were shown none
   * @param detail the rule that was broken or the fault that was met; nothing secret
   */
  public void refused(
      Optional<String> id, String reason, String detail, HttpServletRequest request) {
    telemetry.count("gatehouse.refusals", "reason", reason);
    audit.refusal(id, reason, detail, request);
  }

  /** A request ended without any filter of ours having judged it. */
  public void unguarded(String detail, HttpServletRequest request) {
    telemetry.count("gatehouse.requests.unguarded");
    audit.unguarded(detail, request);
    unguarded.log(
        "a request went past the Gatehouse filter: {0}. The server may have answered it by"
            + " something before or beside the filters; see docs/troubleshooting.md",
        detail);
  }

  /**
   * The server was asked to renew tokens.
   *
   * @param outcome a code
   */
  public void refreshed(AuditedSession session, Client client, String outcome) {
    telemetry.count("gatehouse.refreshes", "outcome", outcome);
    audit.refresh(session, client, outcome);
  }

  /** A session was ended. */
  public void ended(AuditedSession session, LogoutEvent.Cause cause) {
    telemetry.count("gatehouse.logouts", "cause", cause.name().toLowerCase(Locale.ROOT));
    audit.logout(session, cause);
  }
}
