package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one place that decides what a request requires. The most exact rule decides, as with servlet
 * mappings; a rule that restricts holds for every reading of a path, a rule that opens for exactly
 * the path (docs/access-rules.md).
 */
public final class AccessRules {
  private static final Pattern BEYOND_ASCII = Pattern.compile("%[89A-Fa-f]");

  private final RuleSet rules;
  private final WelcomeFiles welcomeFiles;
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
      var root = prefix.substring(0, prefix.length() - 2);
      var isClosed =
          Stream.of(loggedIn, roles, acrs, maxAges)
              .flatMap(it -> it.rules().stream())
              .map(PathRules.Rule::pattern)
              .anyMatch(
                  it -> it.methods().areAll() && it.path().isPrefix() && it.path().matches(root));
      return (isOpen && !isClosed)
          || (PathPattern.isUsable(prefix)
              && open.paths().stream().anyMatch(new PathPattern(prefix)::overlaps));
    }
  }

  public AccessRules(RuleSet rules, WelcomeFiles welcomeFiles) {
    this.rules = rules;
    this.welcomeFiles = welcomeFiles;
  }

  /** Returns the requirement of a request, under each name of its page. */
  public Requirement of(HttpServletRequest request) {
    var charsets = charsets(request);
    var known = charsets.isEmpty() ? recent.find(request) : null;
    if (known != null) {
      return known;
    }
    var path = RequestPath.of(request);
    var readings = readings(path.names(), path.raws());
    for (var raw : path.raws()) {
      var bare = PathReadings.withoutParameters(raw);
      for (var charset : charsets) {
        readings.addAll(PathReadings.ofRaw(PathReadings.percentDecoded(raw, charset)));
        readings.addAll(PathReadings.ofRaw(PathReadings.percentDecoded(bare, charset)));
      }
    }
    var suffixed = StaticFiles.serve(path, request) ? Set.<String>of() : readings;
    var views = FacesViews.of(ContainerRequest.of(request));
    var mayOpen = path.isAmbiguous() ? List.<String>of() : path.publicNames();
    var requirement =
        of(
            methods(request),
            mayOpen,
            new Readings(
                readings,
                suffixed,
                PathReadings.of(views.mapped()),
                PathReadings.of(views.unmapped())),
            it -> StaticFiles.contain(it, request));
    if (charsets.isEmpty()) {
      recent.keep(request, requirement);
    }
    return requirement;
  }

  // A container may map a path without decoding all of it.
  private static Set<String> readings(List<String> names, List<String> raws) {
    var readings = PathReadings.of(names);
    for (var raw : raws) {
      if (!readings.contains(raw) || raw.indexOf('%') >= 0 || RequestPath.isAmbiguous(raw)) {
        readings.addAll(PathReadings.ofRaw(raw));
      }
    }
    return readings;
  }

  // Some routers decode the path by the charset that the client names in Content-Type, or by
  // ISO-8859-1 if it names none.
  private static Set<Charset> charsets(HttpServletRequest request) {
    var uri = ContainerRequest.of(request).getRequestURI();
    var shown = request.getRequestURI();
    if (uri.indexOf('%') < 0 && shown.indexOf('%') < 0) {
      return Set.of();
    }
    var charsets = new LinkedHashSet<Charset>();
    if (BEYOND_ASCII.matcher(uri).find() || BEYOND_ASCII.matcher(shown).find()) {
      charsets.add(StandardCharsets.ISO_8859_1);
    }
    try {
      var named = request.getCharacterEncoding();
      if (named != null) {
        charsets.add(Charset.forName(named));
      }
    } catch (IllegalArgumentException unknownCharset) { // no router can decode by it
    }
    charsets.remove(StandardCharsets.UTF_8);
    return charsets;
  }

  /** Returns the requirement of a request by the container's reading of its path alone. */
  public Requirement ofNames(HttpServletRequest request) {
    var readings = Readings.of(RequestPath.of(request).names());
    return of(methods(request), List.of(), readings, it -> false);
  }

  /** Returns the requirement of the page at a path, to which a request is dispatched. */
  public Requirement of(String method, String decodedPath) {
    var path = List.of(decodedPath);
    return of(methods(method, method), path, Readings.of(path), it -> false);
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
    var readings = readings(List.of(decoded), List.of(raw));
    var mayOpen = isAmbiguous ? List.<String>of() : List.of(decoded);
    return new Explanation(
        of(
            methods(method, method),
            mayOpen,
            new Readings(readings, readings, Set.of(), Set.of()),
            it -> false),
        readings);
  }

  // An earlier filter may show another method, as for forms that stand for PUT and DELETE.
  private static List<String> methods(HttpServletRequest request) {
    return methods(ContainerRequest.of(request).getMethod(), request.getMethod());
  }

  // RESTEasy takes get for GET.
  private static List<String> methods(String ofContainer, String shown) {
    return Stream.of(ofContainer, shown)
        .flatMap(it -> Stream.of(it, it.toUpperCase(Locale.ROOT)))
        .distinct()
        .toList();
  }

  /**
   * Returns the requirement.
   *
   * @param mayOpen the names each of which a rule must open for the request to be public; empty if
   *     no rule may open it
   */
  private Requirement of(
      List<String> methods, List<String> mayOpen, Readings readings, Predicate<String> isFile) {
    var all = new Restrictions(rules, welcomeFiles, methods, readings);
    if (rules.isOpen() && all.areNone()) {
      return Requirement.none(List.of());
    }
    var opening = new ArrayList<String>();
    var overruled = new ArrayList<Restrictions>();
    for (var name : mayOpen) {
      var restrictions = new Restrictions(rules, welcomeFiles, methods, readings.onlyOf(name));
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
