package io.gatehouse.benchmarks;

import jakarta.servlet.ServletException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Map;

/**
 * The size of a session, without the bytes of its tokens.
 *
 * @param retained bytes of heap of a session that has been used
 * @param serialized bytes that a container sends to another node
 */
record SessionSize(long retained, long serialized) {
  private static final int SESSIONS = 20_000;

  static SessionSize measured() throws IOException, ServletException {
    var application = new Application(Map.of());
    keep(application, 1000); // loads everything that is loaded once
    var before = used();
    var sessions = keep(application, SESSIONS);
    var each = (used() - before) / SESSIONS;
    var tokens = application.tokenBytes(SESSIONS / 2);
    return new SessionSize(
        each - tokens - containers(), serialized(sessions[0]) - application.tokenBytes(0));
  }

  // The container's own session would exist without Gatehouse; count only Gatehouse's part.
  private static long containers() {
    var before = used();
    var sessions = new LightSession[SESSIONS];
    for (int i = 0; i < SESSIONS; i++) {
      sessions[i] = new LightSession("session-" + i);
      sessions[i].setAttribute("io.gatehouse.benchmark", "one");
    }
    var each = (used() - before) / SESSIONS;
    if (sessions[SESSIONS - 1].getId().isEmpty()) {
      throw new IllegalStateException("never: it has to be there until now");
    }
    return each;
  }

  private static LightSession[] keep(Application application, int count)
      throws IOException, ServletException {
    var sessions = new LightSession[count];
    for (int i = 0; i < count; i++) {
      sessions[i] = application.session(i);
      application
          .filter()
          .doFilter(LightRequest.page(sessions[i]), new LightResponse(), Application.page());
    }
    return sessions;
  }

  private static int serialized(LightSession session) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(session.getAttribute(io.gatehouse.Tokens.ATTRIBUTE));
    }
    return bytes.size();
  }

  private static long used() {
    var runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
