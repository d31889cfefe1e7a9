package io.gatehouse.internal.login;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cookies of pending logins that a request carries, of all filters and applications of the
 * host. Only the one that set a cookie can open it, so each shows when its login began.
 */
final class HostLogins {
  /** The most logins that a browser keeps for a host. */
  static final int MAX_LOGINS = 6;

  /** The most cookies that one response removes, or they would fill its headers. */
  static final int MAX_REMOVED = 16;

  private static final int MAX_UNREADABLE = 10; // of those
  private static final String REMOVED = "io.gatehouse.removed-logins";
  private static final Pattern NAME =
      Pattern.compile(
          "(?:__Host-)?(?:gatehouse-[0-9a-z]{1,7}-[A-Za-z0-9_-]{10}|("
              + ReturnPages.NAME
              + "[0-9]))");
  private static final Pattern VALUE = Pattern.compile("([0-9a-z]{1,7})\\.[A-Za-z0-9_.-]+");

  /**
   * A cookie of a pending login.
   *
   * @param bytes its bytes in the request, with the separator
   * @param begun the second in which the login began
   * @param isPage whether it is the page that a login returns to
   */
  record Sent(String name, int bytes, long begun, boolean isPage) {
    @Override
    public String toString() { // the name has a part of the state
      return "Sent[hidden]";
    }
  }

  private final List<Sent> keptFirst;
  private final List<Sent> unreadable;

  private HostLogins(List<Sent> keptFirst, List<Sent> unreadable) {
    this.keptFirst = keptFirst;
    this.unreadable = unreadable;
  }

  /**
   * Returns whether cookies of ours may be too many: not if all cookies together have fewer bytes
   * than always stay. Every request is asked.
   */
  static boolean mayBeTooMany(HttpServletRequest request) {
    var length = 0;
    var isOurs = false;
    for (var it = request.getHeaders("Cookie"); it.hasMoreElements(); ) {
      var line = it.nextElement();
      length += line.length();
      isOurs |= line.contains("gatehouse-");
    }
    return isOurs && length > HeaderBudget.LEAST;
  }

  /**
   * Reads the cookies, except those that the response removes already.
   *
   * @param latest the latest time at which a login can have begun; a later one is forged
   */
  static HostLogins of(HttpServletRequest request, Instant latest) {
    var removed = removed(request);
    var all =
        pairs(request)
            .flatMap(it -> sent(it, latest.getEpochSecond()))
            .filter(it -> !removed.contains(it.name()))
            .toList();
    // A login without its page ends on the landing page, a page without its login is useless.
    var order =
        Comparator.comparing(Sent::isPage)
            .thenComparing(Comparator.comparingLong(Sent::begun).reversed());
    return new HostLogins(
        all.stream().filter(it -> it.begun() >= 0).sorted(order).toList(),
        all.stream().filter(it -> it.begun() < 0).limit(MAX_UNREADABLE).toList());
  }

  /** Returns the pairs of name and value, with those that a container does not show. */
  static Stream<String> pairs(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Cookie")).stream()
        .flatMap(it -> Arrays.stream(it.split(";", -1)))
        .map(String::strip);
  }

  private static Stream<Sent> sent(String pair, long latest) {
    var equals = Math.max(0, pair.indexOf('='));
    var name = NAME.matcher(pair.substring(0, equals));
    if (!name.matches()) {
      return Stream.empty();
    }
    var value = VALUE.matcher(pair.substring(equals + 1));
    var begun = value.matches() ? Long.parseLong(value.group(1), Character.MAX_RADIX) : -1;
    return Stream.of(
        new Sent(
            name.group(),
            pair.length() + "; ".length(),
            begun > latest ? -1 : begun,
            name.group(1) != null));
  }

  private static Set<?> removed(HttpServletRequest request) {
    return request.getAttribute(REMOVED) instanceof Set<?> names ? names : Set.of();
  }

  /** Notes that the response removes these cookies, so that they are removed once. */
  static void noteRemoved(HttpServletRequest request, List<Sent> cookies) {
    if (!cookies.isEmpty()) {
      request.setAttribute(
          REMOVED,
          Stream.concat(removed(request).stream(), cookies.stream().map(Sent::name))
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  /** Returns the bytes of these cookies in the request. */
  int bytes() {
    return Stream.concat(keptFirst.stream(), unreadable.stream()).mapToInt(Sent::bytes).sum();
  }

  /** Returns the cookies without one that is to be replaced. */
  HostLogins without(String name) {
    return new HostLogins(
        keptFirst.stream().filter(it -> !it.name().equals(name)).toList(), unreadable);
  }

  /** Returns the time at which the login of a page began; negative for a name that is not used. */
  long begun(String name) {
    return keptFirst.stream()
        .filter(it -> it.name().equals(name))
        .mapToLong(Sent::begun)
        .findFirst()
        .orElse(-1);
  }

  /**
   * Returns the cookies that have to go: the oldest pages, then the oldest logins, as long as the
   * rest is too much; and those that no application has set in this form.
   *
   * @param room the bytes that may stay
   * @param logins the number of logins that may stay
   */
  List<Sent> beyond(int room, int logins) {
    var beyond = new ArrayList<Sent>();
    var bytes = 0;
    var count = 0;
    for (var it : keptFirst) {
      var bytesWith = bytes + it.bytes();
      var countWith = count + (it.isPage() ? 0 : 1);
      if (bytesWith > room || countWith > logins) {
        beyond.add(0, it); // and takes no room from the next ones
      } else {
        bytes = bytesWith;
        count = countWith;
      }
    }
    return Stream.concat(beyond.stream(), unreadable.stream()).limit(MAX_REMOVED).toList();
  }
}
