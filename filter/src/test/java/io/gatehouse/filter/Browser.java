package io.gatehouse.filter;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A browser with a cookie jar, and a session of the application's container. */
final class Browser {
  private final Deployment application;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private @Nullable FakeSession session;

  Browser(Deployment application) {
    this.application = application;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  @Nullable FakeSession session() {
    return session;
  }

  void keepSession(@Nullable FakeSession newSession) {
    session = newSession;
  }

  FakeResponse open(String target) throws IOException, ServletException {
    return send(FakeRequest.navigation(target));
  }

  /** Comes back from the server, the one moment at which a session may begin. */
  FakeResponse comeBack(String query) throws IOException, ServletException {
    return send(FakeRequest.navigation("/shop/gatehouse/callback?" + query).mayBeginSession());
  }

  FakeResponse send(FakeRequest request) throws IOException, ServletException {
    cookies.forEach(request::cookie);
    request.in(session);
    var response = application.answer(request);
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
