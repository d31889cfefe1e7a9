package io.gatehouse.cli.doors;

import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.output.Findings;
import java.util.List;

/** Methods other than GET, at guarded paths. */
final class MethodDoor {
  private static final String SUBJECT = "methods";
  private static final List<String> METHODS = List.of("HEAD", "OPTIONS", "TRACE", "XCHECK");
  private static final String REMEDY =
      "In web.xml, let Gatehouse's filter be the first, mapped to /* with the dispatcher REQUEST;"
          + " see that no filter, valve or proxy before it answers these methods";
  private static final String TRACE_REMEDY =
      "Switch TRACE off in the server: allowTrace=\"false\" at Tomcat's Connector,"
          + " trace-enabled=false at Payara's http listener, TraceEnable off in a proxy of Apache;"
          + " and map Gatehouse's filter, which refuses it, to /*";

  private final Stranger stranger;
  private final Findings findings;

  MethodDoor(Stranger stranger, Findings findings) {
    this.stranger = stranger;
    this.findings = findings;
  }

  void run(Ground ground) throws UnreachableException {
    var comparison = new Comparison();
    var echoed = false;
    var marker = ground.absent().substring(1);
    for (var path : ground.guarded()) {
      for (var method : METHODS) {
        var answer = stranger.send(method, path, marker);
        if (method.equals("TRACE") && answer.text().contains("X-Gatehouse-Check: " + marker)) {
          echoed = true;
        } else {
          comparison.add(name(method, path), answer, ground.absence(path));
        }
      }
    }
    if (ground.guardsAbsent()) { // no page receives this form, so it changes nothing
      var path = ground.absent();
      comparison.add(name("POST", path), stranger.send("POST", path, marker), ground.absence(path));
    }
    if (echoed) {
      findings.fail(SUBJECT, "open: TRACE shows a request's headers, cookies too", TRACE_REMEDY);
    }
    if (!echoed || !comparison.isHeld()) {
      comparison.report(findings, SUBJECT, "none passes where GET asks for a login", REMEDY);
    }
  }

  private String name(String method, String path) {
    return method + " " + stranger.application().target(path);
  }
}
