package io.gatehouse.filter;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A browser with a cookie jar, and a session of the application's container. */
public final class Browser {
  // What no answer and no log may repeat.
  private static final Map<String, String> CANARIES =
      Map.of(
          "User-Agent", "canary-agent",
          "Referer", "https://canary-referer.example/",
          "X-Request-Id", "canary-id",
          "X-Forwarded-Host", "canary-host.example");

  private final Deployment application;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private @Nullable FakeSession session;
  private @Nullable Exchange last;

  /**
   * A request, what there was before it, and its answer.
   *
   * @param request as it can be sent again, without the browser's cookies
   * @param cookies those of the browser
   */
  record Exchange(
      FakeRequest request,
      Map<String, String> cookies,
      Optional<FakeSession> session,
      FakeResponse response) {}

  public Browser(Deployment application) {
    this.application = application;
  }

  public Map<String, String> cookies() {
    return cookies;
  }

  public @Nullable FakeSession session() {
    return session;
  }

  public void keepSession(@Nullable FakeSession newSession) {
    session = newSession;
  }

  public FakeResponse open(String target) throws IOException, ServletException {
    return send(FakeRequest.navigation(target));
  }

  /** Comes back from the server, the one moment at which a session may begin. */
  public FakeResponse comeBack(String query) throws IOException, ServletException {
    return send(FakeRequest.navigation("/shop/gatehouse/callback?" + query).mayBeginSession());
  }

  Deployment application() {
    return application;
  }

  /** The request that was sent last, with its answer. */
  Exchange last() {
    return Objects.requireNonNull(last);
  }

  public FakeResponse send(FakeRequest request) throws IOException, ServletException {
    var again = request.copy();
    var before = new LinkedHashMap<>(cookies);
    cookies.forEach(request::cookie);
    CANARIES.forEach(request::header);
    request.cookie("canary", "canary-of-a-cookie").in(session);
    var response = application.answer(request);
    last = new Exchange(again, before, Optional.ofNullable(session), response);
    response.cookies().forEach(this::keep);
    session = request.session();
    return response;
  }

  private void keep(Cookie cookie) {
    if (cookie.getMaxAge() == 0) {
      cookies.remove(cookie.getName());
    } else {
      cookies.put(cookie.getName(), cookie.getValue());
    }
  }
}
