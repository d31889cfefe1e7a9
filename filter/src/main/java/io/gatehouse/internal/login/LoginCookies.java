package io.gatehouse.internal.login;

import io.gatehouse.internal.observability.Telemetry;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.OwnPaths;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.web.PublicUrl;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cookies that bind a login to the browser that began it: one for each pending login, sealed,
 * so that several tabs do not interfere (RFC 6265; {@code __Host-} if the page is https).
 */
public final class LoginCookies {
  private static final int MAX_COOKIES = 7;
  private static final int MAX_CHARACTERS = 6 * 1024; // of 8 KiB of headers that servers accept
  private static final int MAX_REMOVED = 10; // at once, or they fill the response's headers
  // A late user must see that the login took too long, instead of that it is unknown.
  private static final Duration KEPT_AFTER_END = Duration.ofMinutes(30);
  // Tries, trace, path to return to, and how the user is asked to log in.
  private static final Pattern DETAIL =
      Pattern.compile("([0-9])([0-9a-f]{50})?(/.*)(?:\\n((?s:.+)))?");
  private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9_-]{10}");
  private static final Pattern TRIES = Pattern.compile("[0-9]");

  private final LoginKeyRing ring;
  private final String issuer;
  private final String ownPath;
  private volatile Named named = new Named("", "");

  private record Named(String publicUrl, String prefix) {}

  /**
   * Creates the cookies.
   *
   * @param issuer distinguishes, together with Gatehouse's own path and the public URL, the cookies
   *     from others on the host; the client id is unsuitable, since a did:key changes with the key
   * @param ownPath Gatehouse's own path, from which the redirect URI is derived
   */
  public LoginCookies(LoginKeyRing ring, String issuer, String ownPath) {
    this.ring = ring;
    this.issuer = issuer;
    this.ownPath = ownPath;
  }

  /**
   * A login that this browser began.
   *
   * @param returnPath the path in the application to return to
   * @param tries the number of this browser's recent logins that ended without a session
   * @param trace the value of {@link Telemetry.Step#context} at the beginning
   * @param expired whether the login has exceeded its time limit
   */
  public record Begun(
      PendingLogin login,
      String returnPath,
      int tries,
      RequestedAuthentication requested,
      Optional<String> trace,
      boolean expired) {
    @Override
    public String toString() {
      return "Begun[hidden]";
    }
  }

  /**
   * Sets the login's cookie, and removes the oldest cookies if there are too many.
   *
   * @param page the page to return to
   * @param trace joins the step that ends the login to the step that begins it
   */
  public void add(
      HttpServletRequest request,
      HttpServletResponse response,
      String publicUrl,
      PendingLogin login,
      WantedPage page,
      Optional<String> trace) {
    var text = tries(request, publicUrl) + trace.orElse("") + page.returnPath();
    var asked = page.requested().text();
    var value = login.cookie(place(publicUrl), asked.isEmpty() ? text : text + "\n" + asked);
    dropOldest(request, response, publicUrl, value.length());
    set(response, publicUrl, login.cookieSuffix(), value, ring.loginTimeout().plus(KEPT_AFTER_END));
  }

  private void dropOldest(
      HttpServletRequest request, HttpServletResponse response, String publicUrl, int newLength) {
    var present = all(request, publicUrl);
    var characters = newLength + present.stream().mapToInt(it -> it.getValue().length()).sum();
    if (present.size() < MAX_COOKIES && characters <= MAX_CHARACTERS) {
      return;
    }
    var count = present.size() + 1;
    for (var cookie :
        present.stream()
            .sorted(Comparator.comparing(it -> age(it, publicUrl)))
            .limit(MAX_REMOVED)
            .toList()) {
      if (count <= MAX_COOKIES && characters <= MAX_CHARACTERS) {
        return;
      }
      remove(response, publicUrl, cookie.getName().substring(prefix(publicUrl).length()));
      characters -= cookie.getValue().length();
      count--;
    }
  }

  // A foreign or damaged cookie counts as the oldest.
  private Instant age(Cookie cookie, String publicUrl) {
    return ring.openCookie(cookie.getValue(), place(publicUrl))
        .map(it -> it.login().begun())
        .orElse(Instant.MIN);
  }

  /**
   * Returns the login of the cookie with this suffix. The result is empty if the cookie is absent,
   * occurs twice (one was planted by another site of the domain), or was not sealed by this
   * application.
   */
  public Optional<Begun> find(HttpServletRequest request, String publicUrl, String suffix) {
    var name = prefix(publicUrl) + suffix;
    var values = all(request, publicUrl).stream().filter(it -> it.getName().equals(name)).toList();
    return values.size() == 1 && !isSentTwice(request, name)
        ? ring.openCookie(values.get(0).getValue(), place(publicUrl)).flatMap(LoginCookies::begun)
        : Optional.empty();
  }

  /** Returns whether the browser has begun a login here; opens only a few of its cookies. */
  boolean haveAny(HttpServletRequest request, String publicUrl) {
    return all(request, publicUrl).stream()
        .limit(MAX_REMOVED)
        .anyMatch(it -> ring.openCookie(it.getValue(), place(publicUrl)).isPresent());
  }

  // Undertow shows only the first of two cookies with the same name.
  private static boolean isSentTwice(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders("Cookie")).stream()
            .flatMap(it -> Arrays.stream(it.split(";", -1)))
            .filter(it -> it.strip().startsWith(name + "="))
            .count()
        > 1;
  }

  private static Optional<Begun> begun(LoginKeyRing.Opened opened) {
    var parts = DETAIL.matcher(opened.detail());
    return parts.matches()
        ? Optional.of(
            new Begun(
                opened.login(),
                parts.group(3),
                Integer.parseInt(parts.group(1)),
                RequestedAuthentication.read(Optional.ofNullable(parts.group(4)).orElse("")),
                Optional.ofNullable(parts.group(2)),
                opened.expired()))
        : Optional.empty();
  }

  /** Removes a login's cookie. */
  void remove(HttpServletResponse response, String publicUrl, String suffix) {
    set(response, publicUrl, suffix, "", Duration.ZERO);
  }

  /** Remembers for a minute that a login succeeded, in order to detect a loop. */
  void countTry(HttpServletResponse response, String publicUrl, int tries) {
    set(response, publicUrl, "tries", String.valueOf(Math.min(tries, 9)), UserSession.LOOP_WINDOW);
  }

  public void forgetTries(HttpServletResponse response, String publicUrl) {
    remove(response, publicUrl, "tries");
  }

  /**
   * Returns the number of consecutive logins within a minute of each other, as this browser reports
   * it.
   */
  public int tries(HttpServletRequest request, String publicUrl) {
    var name = prefix(publicUrl) + "tries";
    return cookies(request)
        .filter(it -> it.getName().equals(name) && TRIES.matcher(it.getValue()).matches())
        .mapToInt(it -> Integer.parseInt(it.getValue()))
        .findFirst()
        .orElse(0);
  }

  private List<Cookie> all(HttpServletRequest request, String publicUrl) {
    var prefix = prefix(publicUrl);
    return cookies(request)
        .filter(it -> it.getName().startsWith(prefix))
        .filter(it -> SUFFIX.matcher(it.getName().substring(prefix.length())).matches())
        .toList();
  }

  private static Stream<Cookie> cookies(HttpServletRequest request) {
    var cookies = request.getCookies();
    return cookies == null ? Stream.empty() : Arrays.stream(cookies);
  }

  private String prefix(String publicUrl) {
    var known = named;
    if (!known.publicUrl().equals(publicUrl)) { // only once if the URL is configured
      known = new Named(publicUrl, prefixOf(publicUrl));
      named = known;
    }
    return known.prefix();
  }

  private String prefixOf(String publicUrl) {
    return (PublicUrl.isSecure(publicUrl) ? "__Host-gatehouse-" : "gatehouse-")
        + CookieTag.of(issuer + ownPath, publicUrl)
        + "-";
  }

  private String place(String publicUrl) {
    return new OwnPaths(publicUrl + ownPath).callback();
  }

  private void set(
      HttpServletResponse response,
      String publicUrl,
      String suffix,
      String value,
      Duration lifetime) {
    // As text: for a Cookie's age Tomcat also formats a date, on each redirect.
    response.addHeader(
        "Set-Cookie",
        prefix(publicUrl)
            + suffix
            + "="
            + value
            + "; Max-Age="
            + lifetime.toSeconds()
            + "; Path=/" // required by __Host- (RFC 6265bis 4.1.3.2)
            + (PublicUrl.isSecure(publicUrl) ? "; Secure" : "")
            + "; HttpOnly; SameSite=Lax"); // Lax suffices: the redirect back is a navigation
  }
}
