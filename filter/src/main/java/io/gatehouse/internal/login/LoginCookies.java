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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cookies that bind a login to the browser that began it: one for each pending login, sealed,
 * so that several tabs do not interfere (RFC 6265; {@code __Host-} if the page is https). All
 * cookies of a host together keep to its {@link HeaderBudget}.
 */
public final class LoginCookies {
  // A late user must see that the login took too long, instead of that it is unknown.
  private static final Duration KEPT_AFTER_END = Duration.ofMinutes(10);
  // Tries, trace, path to return to unless it is elsewhere, and what the ID token must confirm.
  private static final Pattern DETAIL =
      Pattern.compile("([0-9])([0-9a-f]{50})?(/.*)?(?:\\n((?s:.+)))?");
  private static final Pattern TRIES = Pattern.compile("[0-9]");

  private final LoginKeyRing ring;
  private final ReturnPages pages;
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
    this.pages = new ReturnPages(ring);
    this.issuer = issuer;
    this.ownPath = ownPath;
  }

  /**
   * A login that this browser began.
   *
   * @param returnPath the path in the application to return to; empty if there was no room for it
   * @param tries the number of this browser's recent logins that ended without a session
   * @param trace the value of {@link Telemetry.Step#context} at the beginning
   * @param expired whether the login has exceeded its time limit
   */
  public record Begun(
      PendingLogin login,
      Optional<String> returnPath,
      int tries,
      RequestedAuthentication requested,
      Optional<String> trace,
      boolean expired) {
    @Override
    public String toString() {
      return "Begun[hidden]";
    }
  }

  /** Returns whether the browser's other cookies and headers leave room for a login. */
  boolean haveRoom(HttpServletRequest request) {
    return HeaderBudget.of(request, logins(request)).hasRoom();
  }

  /**
   * Sets the login's cookie, and removes the oldest ones of the host if there are too many. A long
   * return path has a cookie of its own, or none if there is no room for it.
   *
   * @param response the response, with its {@code Location}
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
    var logins = logins(request);
    var room = HeaderBudget.of(request, logins).room();
    var lifetime = ring.loginTimeout().plus(KEPT_AFTER_END);
    var tries = tries(request, publicUrl) + trace.orElse("");
    var asked = page.requested().withoutWishes().text();
    var name = prefix(publicUrl) + login.cookieSuffix();
    var value = value(login, publicUrl, tries + page.returnPath(), asked);
    var used = HostCookie.bytes(name, value);
    if (used > room / HostLogins.MAX_LOGINS) {
      value = value(login, publicUrl, tries, asked);
      used = HostCookie.bytes(name, value);
      var pageName = ReturnPages.name(login, PublicUrl.isSecure(publicUrl), logins);
      var pageValue = ReturnPages.value(login, place(publicUrl), page.returnPath());
      var pageBytes = HostCookie.bytes(pageName, pageValue);
      if (pageBytes <= Math.min(room * 3 / 4, room - used)
          && HeaderBudget.fits(response, used + pageBytes)) {
        logins = logins.without(pageName);
        used += pageBytes;
        HostCookie.set(response, pageName, pageValue, lifetime);
      }
    }
    remove(request, response, logins.beyond(room - used, HostLogins.MAX_LOGINS - 1));
    HostCookie.set(response, name, value, lifetime);
  }

  private String value(PendingLogin login, String publicUrl, String text, String asked) {
    var detail = asked.isEmpty() ? text : text + "\n" + asked;
    return HostCookie.time(login) + "." + login.cookie(place(publicUrl), detail);
  }

  /**
   * Removes the oldest login cookies of the host if they leave too little room for the browser's
   * next requests, whichever filter or application has set them.
   */
  public void keepWithinBudget(HttpServletRequest request, HttpServletResponse response) {
    if (HostLogins.mayBeTooMany(request)) {
      var logins = logins(request);
      var room = HeaderBudget.of(request, logins).roomOfNext();
      if (logins.bytes() > room) {
        response.addHeader("Vary", "Cookie"); // a shared cache may keep the response
        remove(request, response, logins.beyond(room, Integer.MAX_VALUE));
      }
    }
  }

  private HostLogins logins(HttpServletRequest request) {
    return HostLogins.of(request, ring.latestBegin());
  }

  private static void remove(
      HttpServletRequest request, HttpServletResponse response, List<HostLogins.Sent> cookies) {
    cookies.forEach(it -> HostCookie.remove(response, it.name()));
    HostLogins.noteRemoved(request, cookies);
  }

  /**
   * Returns the login of the cookie with this suffix. The result is empty if the cookie is absent,
   * occurs twice (one was planted by another site of the domain), or was not sealed by this
   * application.
   */
  public Optional<Begun> find(HttpServletRequest request, String publicUrl, String suffix) {
    var name = prefix(publicUrl) + suffix;
    var values = cookies(request).filter(it -> it.getName().equals(name)).toList();
    return values.size() == 1 && !isSentTwice(request, name)
        ? opened(values.get(0).getValue(), place(publicUrl))
            .flatMap(it -> begun(it, request, place(publicUrl)))
        : Optional.empty();
  }

  /** Returns whether the browser has begun a login here; opens only a few of its cookies. */
  boolean haveAny(HttpServletRequest request, String publicUrl) {
    var prefix = prefix(publicUrl);
    return cookies(request)
        .filter(it -> it.getName().startsWith(prefix))
        .limit(HostLogins.MAX_LOGINS + 1) // the count of tries has the prefix too
        .anyMatch(it -> opened(it.getValue(), place(publicUrl)).isPresent());
  }

  // Undertow shows only the first of two cookies with the same name.
  private static boolean isSentTwice(HttpServletRequest request, String name) {
    return HostLogins.pairs(request).filter(it -> it.startsWith(name + "=")).count() > 1;
  }

  private Optional<LoginKeyRing.Opened> opened(String value, String place) {
    return ring.openCookie(value.substring(value.indexOf('.') + 1), place)
        .filter(it -> value.startsWith(HostCookie.time(it.login()) + "."));
  }

  private Optional<Begun> begun(
      LoginKeyRing.Opened opened, HttpServletRequest request, String place) {
    var parts = DETAIL.matcher(opened.detail());
    return parts.matches()
        ? Optional.of(
            new Begun(
                opened.login(),
                Optional.ofNullable(parts.group(3))
                    .or(() -> pages.find(request, opened.login(), place)),
                Integer.parseInt(parts.group(1)),
                RequestedAuthentication.read(Optional.ofNullable(parts.group(4)).orElse("")),
                Optional.ofNullable(parts.group(2)),
                opened.expired()))
        : Optional.empty();
  }

  /** Removes a login's cookie, and that of its page. */
  void remove(
      HttpServletRequest request, HttpServletResponse response, String publicUrl, String suffix) {
    HostCookie.remove(response, prefix(publicUrl) + suffix);
    ReturnPages.names(request, suffix).forEach(it -> HostCookie.remove(response, it));
  }

  /** Remembers for a minute that a login succeeded, in order to detect a loop. */
  void countTry(HttpServletResponse response, String publicUrl, int tries) {
    var text = String.valueOf(Math.min(tries, 9));
    HostCookie.set(response, prefix(publicUrl) + "tries", text, UserSession.LOOP_WINDOW);
  }

  public void forgetTries(HttpServletResponse response, String publicUrl) {
    HostCookie.remove(response, prefix(publicUrl) + "tries");
  }

  /** Returns the number of logins within a minute of each other, as this browser reports it. */
  public int tries(HttpServletRequest request, String publicUrl) {
    var name = prefix(publicUrl) + "tries";
    return cookies(request)
        .filter(it -> it.getName().equals(name) && TRIES.matcher(it.getValue()).matches())
        .mapToInt(it -> Integer.parseInt(it.getValue()))
        .findFirst()
        .orElse(0);
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
    var tag = CookieTag.of(issuer + ownPath, publicUrl);
    return HostCookie.name("gatehouse-" + tag + "-", PublicUrl.isSecure(publicUrl));
  }

  private String place(String publicUrl) {
    return new OwnPaths(publicUrl + ownPath).callback();
  }
}
