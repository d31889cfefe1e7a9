package io.gatehouse.filter;

import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.PathList;
import io.gatehouse.internal.access.WelcomeFiles;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.RequestMode;
import io.gatehouse.internal.login.LoginsByKey;
import io.gatehouse.internal.login.Rehearsal;
import io.gatehouse.internal.observability.AuditLog;
import io.gatehouse.internal.observability.BoundedLog;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.protocol.OwnPaths;
import io.gatehouse.internal.web.CachePolicy;
import io.gatehouse.internal.web.Landing;
import io.gatehouse.internal.web.Problems;
import io.gatehouse.internal.web.RequestOrigins;
import java.security.SecureRandom;
import java.time.Clock;

/** The objects that all parts of one application's Gatehouse use. */
record CommonParts(
    Configuration configuration,
    AccessRules rules,
    LoginsByKey logins,
    ServerParts serverParts,
    Telemetry telemetry,
    EventRecorder recorder,
    BoundedLog log,
    Problems problems,
    Landing landing,
    Clock clock,
    SecureRandom random) {

  static CommonParts of(
      Configuration configuration,
      WelcomeFiles welcomeFiles,
      Telemetry telemetry,
      Clock clock,
      SecureRandom random) {
    var application = configuration.application();
    var recorder =
        new EventRecorder(
            new AuditLog(application.oneOfSeveral(), configuration.server().issuer(), clock),
            telemetry,
            configuration.modes().request() == RequestMode.HOSTED,
            clock);
    var log = new BoundedLog(clock);
    var ownPaths = new OwnPaths(application.path());
    return new CommonParts(
        configuration,
        new AccessRules(configuration.access().rules(), welcomeFiles),
        new LoginsByKey(configuration, clock, random),
        new ServerParts(configuration, recorder::called, clock, random),
        telemetry,
        recorder,
        log,
        new Problems(application.publicUrl(), ownPaths.login(), log, recorder, random),
        new Landing(application.publicUrl(), application.landingPage()),
        clock,
        random);
  }

  OwnPaths ownPaths() {
    return new OwnPaths(configuration.application().path());
  }

  Rehearsal rehearsal() {
    var path = configuration.application().path();
    return new Rehearsal(logins.ring(), configuration.keys().published(), path);
  }

  CachePolicy cachePolicy() {
    return new CachePolicy(rules, new PathList(configuration.access().privateCachePaths()));
  }

  /** Returns the origins whose pages may log a user out or open a WebSocket. */
  RequestOrigins origins() {
    return new RequestOrigins(
        configuration.application().publicUrl(), configuration.access().websocketOrigins());
  }

  /** Returns whether the application's start page needs no login. */
  boolean isStartPublic() {
    return rules.of("GET", "/").isPublic();
  }

  /** Returns the page for logged-out users, as a path in the application. */
  String afterLogout() {
    return isStartPublic() ? "/" : ownPaths().loggedOut();
  }
}
