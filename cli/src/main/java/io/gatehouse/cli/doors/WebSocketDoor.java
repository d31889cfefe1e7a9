package io.gatehouse.cli.doors;

import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.WebAnswer;
import io.gatehouse.cli.output.Findings;

/** WebSocket handshakes over HTTP/1.1 (RFC 6455). */
final class WebSocketDoor {
  static final String REMEDY =
      "On Jetty, its WebSocketUpgradeFilter runs before the filters of web.xml. Update Gatehouse,"
          + " whose initializer puts it behind its own filter; or declare in web.xml, after"
          + " Gatehouse's filter, one whose filter-name and filter-class are both"
          + " org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter, with"
          + " <async-supported>true</async-supported>, mapped to /*. On other servers, no filter"
          + " or proxy before Gatehouse may answer handshakes";

  private final Stranger stranger;
  private final Findings findings;

  WebSocketDoor(Stranger stranger, Findings findings) {
    this.stranger = stranger;
    this.findings = findings;
  }

  void run(Ground ground) throws UnreachableException {
    var comparison = new Comparison();
    for (var path : ground.guardedWithPage()) {
      add(path, ground, comparison);
    }
    comparison.report(findings, "WebSocket", "no handshake opens one without a login", REMEDY);
    if (!ground.guardsPage()) {
      warnOfPublic(stranger.openWebSocket("/"));
    }
  }

  private void add(String path, Ground ground, Comparison comparison) throws UnreachableException {
    comparison.add(
        "a handshake at " + stranger.application().target(path),
        stranger.openWebSocket(path),
        ground.absence(path));
  }

  private void warnOfPublic(WebAnswer answer) {
    if (answer.status() == 101) {
      findings.warn(
          "WebSocket",
          "a handshake at %s/, which is public, opens one".formatted(stranger.application()),
          "If it is not meant for everybody, remove / from gatehouse.public-paths");
    }
  }
}
