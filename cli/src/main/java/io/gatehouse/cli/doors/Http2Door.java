package io.gatehouse.cli.doors;

import io.gatehouse.cli.http.Http2Exchange.Outcome;
import io.gatehouse.cli.http.Http2Exchange.Result;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;

/** Requests over HTTP/2: pages, a path that leaves the context, and WebSockets (RFC 8441). */
final class Http2Door {
  private static final String SUBJECT = "HTTP/2";

  private final Stranger stranger;
  private final Findings findings;

  Http2Door(Stranger stranger, Findings findings) {
    this.stranger = stranger;
    this.findings = findings;
  }

  void run(Ground ground) throws UnreachableException {
    var path = ground.guarded().get(0);
    var pages = new Comparison();
    pages.add(
        "GET %s with an offer of HTTP/2".formatted(stranger.application().target(path)),
        stranger.fetchOfferingHttp2(path),
        ground.absence(path));
    var plain = stranger.fetchByHttp2(stranger.application().target(path));
    if (plain.outcome() != Outcome.NOT_SPOKEN) {
      pages.add(name("GET", path), answer(plain), ground.absence(path));
      detour(ground, pages);
    }
    var spoken = plain.outcome() != Outcome.NOT_SPOKEN;
    pages.report(
        findings,
        SUBJECT,
        spoken
            ? "asks for a login as HTTP/1.1 does"
            : "the server does not speak it without TLS or by ALPN, and asks for a login if it is"
                + " offered",
        "Update Gatehouse and the server; until then switch HTTP/2 off in the server");
    if (spoken) {
      webSockets(ground);
    }
  }

  private void detour(Ground ground, Comparison pages) throws UnreachableException {
    var detour = new Detour(stranger.application().context(), Detour.Dots.PLAIN);
    if (ground.guardsAbsent() && !stranger.application().context().isEmpty()) {
      var target = detour.back(ground.absent());
      pages.add(
          "GET %s over HTTP/2".formatted(target),
          answer(stranger.fetchByHttp2(target)),
          Comparison.Absence.PASSED);
    }
  }

  private void webSockets(Ground ground) throws UnreachableException {
    var comparison = new Comparison();
    for (var path : ground.guardedWithPage()) {
      var result = stranger.openWebSocketByHttp2(path);
      if (result.outcome() == Outcome.NOT_OFFERED) {
        findings.ok("WebSocket over HTTP/2", "not offered by the server");
        return;
      }
      comparison.add(name("CONNECT", path), answer(result), ground.absence(path));
    }
    comparison.report(
        findings,
        "WebSocket over HTTP/2",
        "no extended CONNECT opens one without a login",
        WebSocketDoor.REMEDY);
  }

  private String name(String method, String path) {
    return "%s %s over HTTP/2".formatted(method, stranger.application().target(path));
  }

  private WebAnswer answer(Result result) {
    return stranger.answer(result.status());
  }
}
