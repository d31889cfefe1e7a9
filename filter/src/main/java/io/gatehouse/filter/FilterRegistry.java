package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.health.ServerKnowledge;
import io.gatehouse.internal.access.Judgements;
import io.gatehouse.internal.session.NamedSession;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands behind the filters of one application, by the filters' names. */
final class FilterRegistry implements ServerKnowledge {
  /** The servlet context's attribute for it. */
  static final String ATTRIBUTE = FilterRegistry.class.getName();

  private final Map<String, Gatehouse> byName;
  private final Optional<Gatehouse> only;
  private final Set<String> ownServlets;
  private final Judgements[] ofAll;

  FilterRegistry(Map<String, Gatehouse> byName) {
    this.byName = Map.copyOf(byName);
    this.only = byName.values().stream().findFirst().filter(it -> byName.size() == 1);
    this.ofAll = byName.values().stream().map(Gatehouse::judgements).toArray(Judgements[]::new);
    this.ownServlets =
        byName.values().stream()
            .flatMap(it -> it.servlets().keySet().stream())
            .map(FilterRegistry::servletName)
            .collect(Collectors.toUnmodifiableSet());
  }

  Optional<Gatehouse> named(String filterName) {
    return Optional.ofNullable(byName.get(filterName));
  }

  /** The name under which one of our servlets is registered, by its URL pattern. */
  static String servletName(String pattern) {
    return "gatehouse " + pattern;
  }

  /** Our servlets, by their URL patterns. */
  Map<String, Servlet> servlets() {
    var all = new LinkedHashMap<String, Servlet>();
    byName.values().forEach(it -> all.putAll(it.servlets()));
    return all;
  }

  /**
   * Returns whether the container has chosen one of our own servlets for a request, whosever it is.
   * By the container's mapping alone: a path can be shown by anybody who wraps a request.
   */
  boolean isOwn(HttpServletRequest ofContainer) {
    var mapping = ofContainer.getHttpServletMapping();
    var servlet = mapping == null ? null : mapping.getServletName();
    return servlet != null && ownServlets.contains(servlet);
  }

  /** Returns whether a filter of this application has seen the request at any time. */
  boolean haveSeen(HttpServletRequest request) {
    for (var judgements : ofAll) { // an array, since each request asks
      if (judgements.haveBeenOn(request)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether a dispatch comes from a page of this application that was judged. What another
   * filter has judged in this very dispatch is no proof: this one has its own rules.
   */
  boolean comesFromJudgedPage(HttpServletRequest request, Judgements ofThisFilter) {
    if (ofThisFilter.areOn(request)) {
      return true;
    }
    for (var judgements : ofAll) {
      if (judgements.areOn(request) && !judgements.areOfThisDispatch(request)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Map<String, Ages> ages() {
    return byName.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().ages()));
  }

  /** What {@link Tokens#of(HttpSession)} finds tokens by. */
  Function<HttpSession, Optional<Tokens>> tokensFinder() {
    return this::find;
  }

  // With several filters a session of the container belongs to none of them.
  private Optional<Tokens> find(HttpSession session) {
    var filter = session instanceof NamedSession named ? named(named.filter()) : only;
    return filter.flatMap(it -> it.session().find(session));
  }
}
