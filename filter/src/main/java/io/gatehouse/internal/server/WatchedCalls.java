package io.gatehouse.internal.server;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Calls whose duration and outcome are reported to a watcher. */
public final class WatchedCalls implements ServerCalls {
  /** The receiver of the reports. */
  public interface Watcher {
    /**
     * Reports a finished call.
     *
     * @param endpoint {@code discovery}, {@code jwks}, {@code token}, {@code revocation} or {@code
     *     pushed_authorization_request}
     * @param outcome {@code 2xx} to {@code 5xx}, or the reason for a missing response: {@code
     *     busy}, {@code unavailable}, {@code answer_lost} or {@code invalid_answer}
     */
    void called(String endpoint, String outcome, Duration took);
  }

  private interface Call {
    ServerResponse make() throws LoginFailedException;
  }

  private final ServerCalls calls;
  private final Watcher watcher;

  public WatchedCalls(ServerCalls calls, Watcher watcher) {
    this.calls = calls;
    this.watcher = watcher;
  }

  @Override
  public ServerResponse get(URI uri) throws LoginFailedException {
    return watched(
        uri.getPath().contains("/.well-known/") ? "discovery" : "jwks", () -> calls.get(uri));
  }

  @Override
  public ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException {
    return watched(endpoint(form), () -> calls.post(uri, form));
  }

  private static String endpoint(Map<String, String> form) {
    if (form.containsKey("grant_type")) {
      return "token";
    }
    return form.containsKey("token") ? "revocation" : "pushed_authorization_request";
  }

  private ServerResponse watched(String endpoint, Call call) throws LoginFailedException {
    var start = System.nanoTime();
    var outcome = "failed";
    try {
      var answer = call.make();
      outcome = answer.status() / 100 + "xx";
      return answer;
    } catch (LoginFailedException e) {
      outcome = e.failure().name().toLowerCase(Locale.ROOT);
      throw e;
    } finally {
      watcher.called(endpoint, outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
