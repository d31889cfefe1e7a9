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

/** The Gatehouse instances behind the filters of one application, by the filters' names. */
final class FilterRegistry implements ServerKnowledge {
  /** The name of the servlet context attribute that holds the registry. */
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

  /** Returns the only Gatehouse; empty if the application has several filters. */
  Optional<Gatehouse> only() {
    return only;
  }

  Optional<Gatehouse> named(String filterName) {
    return Optional.ofNullable(byName.get(filterName));
  }

  /** Returns the name under which a Gatehouse servlet is registered, by its URL pattern. */
  static String servletName(String pattern) {
    return "gatehouse " + pattern;
  }

  /** Returns the Gatehouse servlets, by their URL patterns. */
  Map<String, Servlet> servlets() {
    var all = new LinkedHashMap<String, Servlet>();
    byName.values().forEach(it -> all.putAll(it.servlets()));
    return all;
  }

  /**
   * Returns whether the container has chosen a Gatehouse servlet for a request, of any filter. Only
   * the container's mapping decides: anyone who wraps a request can fake its path.
   */
  boolean isOwn(HttpServletRequest ofContainer) {
    var mapping = ofContainer.getHttpServletMapping();
    var servlet = mapping == null ? null : mapping.getServletName();
    return servlet != null && ownServlets.contains(servlet);
  }

  /** Returns whether a filter of this application has ever seen the request. */
  boolean haveSeen(HttpServletRequest request) {
    for (var judgements : ofAll) { // an array, since every request comes here
      if (judgements.haveBeenOn(request)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether a dispatch comes from a judged page of this application. A judgement by another
   * filter in this same dispatch is no proof: this filter has its own rules.
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

  /** Returns the function by which {@link Tokens#of(HttpSession)} finds tokens. */
  Function<HttpSession, Optional<Tokens>> tokensFinder() {
    return this::find;
  }

  // With several filters, a session of the container belongs to none of them.
  private Optional<Tokens> find(HttpSession session) {
    var filter = session instanceof NamedSession named ? named(named.filter()) : only;
    return filter.flatMap(it -> it.session().find(session));
  }
}
