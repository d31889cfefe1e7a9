package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.PendingLogin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cookies for pages to return to whose addresses are long. A host has two, for all its
 * applications: tabs that open at the same moment do not see the cookies of each other, so only a
 * common name keeps them from filling the request. A login whose page was replaced ends on the
 * landing page.
 */
final class ReturnPages {
  static final String NAME = "gatehouse-page-";

  private static final Pattern PAIR = Pattern.compile("(?:__Host-)?" + NAME + "[01]=[^=]*");

  private final LoginKeyRing ring;

  ReturnPages(LoginKeyRing ring) {
    this.ring = ring;
  }

  /** Returns the name of the cookie to set: an unused one, or the older one. */
  static String name(PendingLogin login, boolean secure, HostLogins logins) {
    var first = login.cookieSuffix().charAt(0) % 2; // so that tabs do not all choose the same
    var names =
        List.of(first, 1 - first).stream().map(it -> HostCookie.name(NAME + it, secure)).toList();
    return logins.begun(names.get(0)) <= logins.begun(names.get(1)) ? names.get(0) : names.get(1);
  }

  static String value(PendingLogin login, String place, String returnPath) {
    return prefix(login.cookieSuffix(), HostCookie.time(login))
        + login.cookie(placeOfPage(place), returnPath);
  }

  private static String prefix(String suffix, String time) {
    return time + "." + suffix + ".";
  }

  /** Returns the page of a login, unless it was replaced or its cookie is there twice. */
  Optional<String> find(HttpServletRequest request, PendingLogin login, String place) {
    var prefix = prefix(login.cookieSuffix(), HostCookie.time(login));
    var found = pairs(request).filter(it -> value(it).startsWith(prefix)).toList();
    if (found.size() != 1 || isTwice(request, found.get(0))) {
      return Optional.empty();
    }
    return ring.openCookie(value(found.get(0)).substring(prefix.length()), placeOfPage(place))
        .filter(it -> it.login().cookieSuffix().equals(login.cookieSuffix()))
        .map(LoginKeyRing.Opened::detail);
  }

  private static boolean isTwice(HttpServletRequest request, String found) {
    return pairs(request).filter(it -> name(it).equals(name(found))).count() > 1;
  }

  /** Returns the names of the cookies that have the page of a login. */
  static List<String> names(HttpServletRequest request, String suffix) {
    return pairs(request)
        .filter(it -> value(it).contains("." + suffix + "."))
        .map(ReturnPages::name)
        .toList();
  }

  private static Stream<String> pairs(HttpServletRequest request) {
    return HostLogins.pairs(request).filter(it -> PAIR.matcher(it).matches());
  }

  private static String name(String pair) {
    return pair.substring(0, pair.indexOf('='));
  }

  private static String value(String pair) {
    return pair.substring(pair.indexOf('=') + 1);
  }

  // A page's cookie and a login's are never interchangeable.
  private static String placeOfPage(String place) {
    return place + "#page";
  }
}
