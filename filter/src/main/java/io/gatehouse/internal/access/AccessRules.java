package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The one place that decides what a request requires. The most exact rule decides, as with servlet
 * mappings; a rule that restricts holds for every reading of a path, a rule that opens for exactly
 * the path (docs/access-rules.md).
 */
public final class AccessRules {
  private final RuleSet rules;
  private final RecentRequirements recent = new RecentRequirements();

  /**
   * The rules of each kind.
   *
   * @param open the requests that need no login
   * @param isOpen whether requests that no rule matches need no login
   * @param loggedIn the requests that need a login
   * @param roles the roles of which the user must have one
   * @param acrs the {@code acr} values of which the login must have one
   * @param maxAges the maximum age of the login at the authorization server
   */
  public record RuleSet(
      PathRules<Boolean> open,
      boolean isOpen,
      PathRules<Boolean> loggedIn,
      PathRules<Set<String>> roles,
      PathRules<List<String>> acrs,
      PathRules<Duration> maxAges) {

    /** Returns the patterns of paths that some rule restricts. */
    public List<String> restrictedPaths() {
      return Stream.of(loggedIn, roles, acrs, maxAges).flatMap(it -> it.paths().stream()).toList();
    }

    /** Returns whether any path below a prefix such as {@code /static/*} is public. */
    public boolean openBelow(String prefix) {
      var isUsable = PathPattern.isUsable(prefix);
      return (isOpen && restrictedPaths().stream().noneMatch(prefix::equals))
          || (isUsable && open.paths().stream().anyMatch(new PathPattern(prefix)::overlaps));
    }
  }

  public AccessRules(RuleSet rules) {
    this.rules = rules;
  }

  public RuleSet all() {
    return rules;
  }

  /** Returns the requirement of a request, under each name of its page. */
  public Requirement of(HttpServletRequest request) {
    var known = recent.find(request);
    if (known != null) {
      return known;
    }
    var path = RequestPath.of(request);
    var names = new LinkedHashSet<>(path.names());
    names.addAll(FacesViews.otherNames(ContainerRequest.of(request)));
    var readings = PathReadings.of(names);
    if (!readings.contains(path.raw())) {
      readings.addAll(PathReadings.ofRaw(path.raw()));
    }
    var mayOpen = path.isAmbiguous() ? List.<String>of() : path.publicNames();
    var requirement = of(methods(request), mayOpen, readings, it -> isFile(it, request));
    recent.keep(request, requirement);
    return requirement;
  }

  /** Returns the requirement of a request by the container's reading of its path alone. */
  public Requirement ofNames(HttpServletRequest request) {
    var names = RequestPath.of(request).names();
    return of(methods(request), List.of(), PathReadings.of(names), it -> false);
  }

  /** Returns the requirement of the page at a path, to which a request is dispatched. */
  public Requirement of(String method, String decodedPath) {
    var path = List.of(decodedPath);
    return of(List.of(method), path, PathReadings.of(path), it -> false);
  }

  /** The requirement of a request, and the readings of its path. */
  public record Explanation(Requirement requirement, Set<String> readings) {}

  /**
   * Explains the requirement of a request without a container: welcome files and the other names of
   * Faces pages are unknown, and an extension opens nothing.
   *
   * @param target the path within the application as a browser writes it, with or without a query
   */
  public Explanation explain(String method, String target) {
    var raw = target.replaceFirst("[?#].*", "");
    var isAmbiguous = RequestPath.isAmbiguous(raw);
    var decoded = PathReadings.percentDecoded(raw);
    var readings = PathReadings.of(List.of(decoded));
    if (isAmbiguous) {
      readings.addAll(PathReadings.ofRaw(raw));
    }
    var mayOpen = isAmbiguous ? List.<String>of() : List.of(decoded);
    return new Explanation(of(List.of(method), mayOpen, readings, it -> false), readings);
  }

  // An earlier filter may show another method, as for forms that stand for PUT and DELETE.
  private static List<String> methods(HttpServletRequest request) {
    var ofContainer = ContainerRequest.of(request).getMethod();
    return ofContainer.equals(request.getMethod())
        ? List.of(ofContainer)
        : List.of(ofContainer, request.getMethod());
  }

  // A router may ignore a suffix, so an extension opens files of the application only.
  private static boolean isFile(String path, HttpServletRequest request) {
    try {
      return request.getServletContext().getResource(path) != null;
    } catch (MalformedURLException | RuntimeException noPathOfAFile) {
      return false;
    }
  }

  /**
   * Returns the requirement.
   *
   * @param mayOpen the names each of which a rule must open for the request to be public; empty if
   *     no rule may open it
   * @param readings the readings of all names
   */
  private Requirement of(
      List<String> methods, List<String> mayOpen, Set<String> readings, Predicate<String> isFile) {
    var all = new Restrictions(rules, methods, readings);
    if (rules.isOpen() && all.areNone()) {
      return Requirement.none(List.of());
    }
    var opening = new ArrayList<String>();
    var overruled = new ArrayList<Restrictions>();
    for (var name : mayOpen) {
      var restrictions = new Restrictions(rules, methods, PathReadings.of(List.of(name)));
      var rule = opening(methods, name, restrictions.exactness(), isFile);
      if (rule.isEmpty() && !(rules.isOpen() && restrictions.areNone())) {
        return all.requirement();
      }
      rule.ifPresent(it -> opening.add("public-paths " + it));
      overruled.add(restrictions);
    }
    // Another name of the page, such as its welcome file, may have rules of its own.
    return !overruled.isEmpty() && all.areAmong(overruled)
        ? Requirement.none(opening)
        : all.requirement();
  }

  // The rule that opens the name for each method, if it is more exact than all that restrict it.
  private Optional<String> opening(
      List<String> methods, String name, int exactness, Predicate<String> isFile) {
    var opening = Optional.<String>empty();
    for (var method : methods) {
      var pattern = rules.open().at(method, name).map(PathRules.Rule::pattern);
      if (pattern.isEmpty()
          || pattern.get().exactness() <= exactness
          || (pattern.get().path().isExtension() && !isFile.test(name))) {
        return Optional.empty();
      }
      opening = pattern.map(RequestPattern::text);
    }
    return opening;
  }
}
