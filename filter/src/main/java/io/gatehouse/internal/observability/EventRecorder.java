package io.gatehouse.internal.observability;

import io.gatehouse.LogoutEvent;
import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.protocol.Client;
import io.gatehouse.internal.protocol.PendingLogin;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Reports the events of logins and sessions to the audit log, and to metrics and traces.
 * docs/observability.md documents the names.
 */
public final class EventRecorder {
  private final AuditLog audit;
  private final Telemetry telemetry;
  private final boolean hosted;
  private final ObjectFetches fetches;
  private final RareWarning unguarded;
  private final Clock clock;

  /**
   * Creates the recorder.
   *
   * @param hosted whether the authorization server fetches request objects from the application
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

  /** Records a finished call to the authorization server. */
  public void called(String endpoint, String outcome, Duration took) {
    telemetry.took("gatehouse.server.call.duration", took, endpoint, outcome);
  }

  /** Records that a browser is sent to the authorization server to log in. */
  public void begun() {
    telemetry.count("gatehouse.login.begun");
    if (hosted) {
      fetches.issued();
    }
  }

  /** Records that a request object was served for a valid handle. */
  public void fetched() {
    telemetry.count("gatehouse.request_object.fetches", "outcome", "served");
    fetches.fetched();
  }

  /** Records that a request object was requested by a handle of no pending login. */
  public void notFetched() {
    telemetry.count("gatehouse.request_object.fetches", "outcome", "refused");
    fetches.refused();
  }

  /** Records a login that succeeded. */
  public void loggedIn(PendingLogin login, AuditedSession session, HttpServletRequest request) {
    var took = Duration.between(login.begun(), clock.instant());
    telemetry.count("gatehouse.login.ended");
    telemetry.took("gatehouse.login.duration", took);
    audit.login(session, login.client(), request, took);
  }

  /**
   * Records a refusal.
   *
   * @param id the id on the user's page; empty if no page was shown
   * @param detail the violated rule or the fault; nothing secret
   */
  public void refused(
      Optional<String> id, String reason, String detail, HttpServletRequest request) {
    telemetry.count("gatehouse.refusals", "reason", reason);
    audit.refusal(id, reason, detail, request);
  }

  /** Records a request that ended without judgement by any Gatehouse filter. */
  public void unguarded(String detail, HttpServletRequest request) {
    telemetry.count("gatehouse.requests.unguarded");
    audit.unguarded(detail, request);
    unguarded.log(Warnings.UNGUARDED, detail);
  }

  /**
   * Records an attempt to renew tokens.
   *
   * @param outcome a code
   */
  public void refreshed(AuditedSession session, Client client, String outcome) {
    telemetry.count("gatehouse.refreshes", "outcome", outcome);
    audit.refresh(session, client, outcome);
  }

  /** Records the end of a session. */
  public void ended(AuditedSession session, LogoutEvent.Cause cause) {
    telemetry.count("gatehouse.logouts", "cause", cause.name().toLowerCase(Locale.ROOT));
    audit.logout(session, cause);
  }
}
